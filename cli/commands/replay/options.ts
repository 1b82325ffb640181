import type { AwsOptions } from '../../aws/options';
import { UsageError } from '../../errors';
import { isS3Address } from '../../s3/address';
import type { FilterOptions } from '../../s3/key-filter';

export interface ReplayOptions extends Partial<AwsOptions>, FilterOptions {
  readonly messages?: string;
  readonly config?: string;
  readonly state?: string;
  readonly dryRun?: boolean;
  readonly notify?: boolean;
}

/** Options that mean something for logs in S3 only. */
const ofS3 = [
  ['--account', 'account'],
  ['--log-region', 'logRegion'],
  ['--from', 'from'],
  ['--to', 'to'],
  ['--dry-run', 'dryRun'],
] as const;

/** @throws {UsageError} for a combination that would not do what it says */
export function checkOptions(paths: readonly string[], options: ReplayOptions): void {
  const addresses = paths.filter(isS3Address);
  const without = ofS3.find(([, key]) => options[key] !== undefined);
  if (addresses.length === 0 && without !== undefined)
    throw new UsageError(`${without[0]} is for logs in S3; give an address such as s3://bucket/AWSLogs`);
  if (addresses.length > 1)
    throw new UsageError(
      `${addresses.length} addresses; give one s3:// address at a time, with --state to go on with another`,
    );
}
