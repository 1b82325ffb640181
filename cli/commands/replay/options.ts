import { Argument, Option } from '@commander-js/extra-typings';
import { UsageError } from '../../errors';
import { configOption, jsonOption, type OptionValues } from '../../options';
import { isS3Address } from '../../s3/address';

export const replayArguments = [
  new Argument('[PATH...]', 'file or folder of CloudTrail logs, s3://bucket/prefix, - for stdin'),
] as const;

export const replayOptions = [
  new Option('--messages <DIR>', 'write every message that would be published into DIR'),
  configOption(),
  new Option('--state <DIR>', 'keep the tables in DIR between runs'),
  new Option('--account <IDS>', 'from S3: logs of these accounts only, separated by commas'),
  new Option('--log-region <REGIONS>', 'from S3: logs of these regions only, separated by commas'),
  new Option('--from <DAY>', 'from S3: logs of this day (UTC) and later ones'),
  new Option('--to <DAY>', 'from S3: logs of this day (UTC) and earlier ones'),
  new Option('--dry-run', 'from S3: print what would be read and what that costs, and read nothing'),
  new Option('--notify', 'invoke the deployed detector with what matches, which stores and notifies it'),
  jsonOption('print one finding document a line'),
] as const;

export type ReplayOptions = OptionValues<typeof replayOptions>;

/** Options that mean something for logs in S3 only. */
const s3Options = [
  ['--account', 'account'],
  ['--log-region', 'logRegion'],
  ['--from', 'from'],
  ['--to', 'to'],
  ['--dry-run', 'dryRun'],
] as const;

/** @throws {UsageError} for a combination that would not do what it says */
export function checkOptions(paths: readonly string[], options: ReplayOptions): void {
  const addresses = paths.filter(isS3Address);
  const misplaced = s3Options.find(([, key]) => options[key] !== undefined);
  if (addresses.length === 0 && misplaced !== undefined)
    throw new UsageError(`${misplaced[0]} is for logs in S3; give an address such as s3://bucket/AWSLogs`);
  if (addresses.length > 1)
    throw new UsageError(
      `${addresses.length} addresses; give one s3:// address at a time, with --state to continue with another`,
    );
}
