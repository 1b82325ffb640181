import { escapeForDisplay } from '../../../lambda/text/untrusted-text';
import { keyFilterOf } from '../../s3/key-filter';
import { S3Reading } from '../../s3/reading';
import { formatEstimate } from '../../s3/walk';
import type { ReplayOptions } from './options';

export interface PreparedReading {
  readonly reading: S3Reading;
  readonly bytes: number;
}

/** Prints what will be read and about what it costs, before anything is read. */
export async function prepareReading(
  path: string,
  options: ReplayOptions,
  print: (line: string) => void,
): Promise<PreparedReading> {
  const reading = new S3Reading(path, keyFilterOf(options), options.state);
  if (reading.resumedAfter !== undefined)
    print(
      `resuming after ${escapeForDisplay(reading.resumedAfter)}; the counts below are of what is read from there`,
    );
  const estimate = await reading.estimate();
  print(formatEstimate(escapeForDisplay(path), estimate));
  return { reading, bytes: estimate.bytes };
}
