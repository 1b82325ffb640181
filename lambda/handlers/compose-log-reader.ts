import { S3Client } from '@aws-sdk/client-s3';
import { LogObserver } from '../aws/log-observer';
import { S3TrailBucket } from '../aws/s3-trail-bucket';
import { environmentVariable } from '../contract';
import { type QueueMessage, readMessages } from '../log-reader/read-messages';
import type { LogReaderDependencies } from '../log-reader/read-object';
import { optionsFrom, portsFrom } from './composition';
import { required, systemClock } from './environment';

/** A run ends while there is time to answer which messages stay. */
const reserveMilliseconds = 10_000;

/** An object has seconds; a request that hangs is tried again. */
const clientOptions = {
  maxAttempts: 4,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
} as const;

export type LogReader = (
  messages: readonly QueueMessage[],
  remainingMilliseconds: () => number,
) => Promise<readonly string[]>;

/** Builds the log reader from its environment and the files beside it. Throws where a name is missing. */
export function composeLogReader(environment: NodeJS.ProcessEnv, directory: string): LogReader {
  const observer = new LogObserver(systemClock, (line) => process.stdout.write(`${line}\n`));
  const options = optionsFrom(environment, directory);
  const bucket = required(environment, 'trailBucket');
  const dependencies: LogReaderDependencies = {
    ...portsFrom(environment, directory, options, observer),
    bucket: new S3TrailBucket(s3Client(environment), bucket),
    eventPlaces: { includes: async (account) => account === options.ownAccount },
  };
  const trail = { bucket, prefix: environment[environmentVariable.trailPrefix] };
  return async (messages, remainingMilliseconds) => {
    try {
      const hasTimeLeft = () => remainingMilliseconds() > reserveMilliseconds;
      return await readMessages(messages, dependencies, { ...options, trail, hasTimeLeft });
    } finally {
      observer.flush();
    }
  };
}

/** The bucket may be of another region than the function. An endpoint of its own has no host name for each bucket. */
function s3Client(environment: NodeJS.ProcessEnv): S3Client {
  const endpoint = environment['AWS_ENDPOINT_URL_S3'] ?? environment['AWS_ENDPOINT_URL'];
  return new S3Client({
    ...clientOptions,
    followRegionRedirects: true,
    forcePathStyle: endpoint !== undefined,
  });
}
