import type { FindingDocument } from '../detection/finding-document';
import { at, isObject, text } from '../detection/json';
import { formatBytes } from '../text/format';
import { displayNameWithin, escapeForDisplay } from '../text/untrusted-text';

/** Where the code of a published layer version came from, as far as the record says; `undefined` where it says nothing. */
export function codeSourceOf({ aws, layerwatch }: FindingDocument): string | undefined {
  if (layerwatch.target.type !== 'layer') return undefined;
  const asked = at(aws.cloudtrail.flattened?.request_parameters, 'content');
  const answered = at(aws.cloudtrail.flattened?.response_elements, 'content');
  if (!isObject(asked) && !isObject(answered)) return undefined;
  const [size, hash] = [at(answered, 'codeSize'), text(at(answered, 'codeSha256'))];
  return [
    originOf(asked),
    ...(typeof size === 'number' ? [formatBytes(size)] : []),
    ...(hash === undefined ? [] : [`SHA-256 ${escapeForDisplay(hash, 60)}`]),
  ].join(', ');
}

/** CloudTrail leaves the archive of a direct upload out, and writes the rest of `content`. */
function originOf(asked: unknown): string {
  const [bucket, key, version] = ['s3Bucket', 's3Key', 's3ObjectVersion'].map((name) =>
    text(at(asked, name)),
  );
  if (bucket === undefined && key === undefined) return 'uploaded with the call';
  const parts = [
    `S3 bucket ${displayNameWithin(bucket ?? 'unknown', 80)}`,
    `key ${displayNameWithin(key ?? 'unknown', 160)}`,
    ...(version === undefined ? [] : [`version ${displayNameWithin(version, 80)}`]),
  ];
  return parts.join(', ');
}
