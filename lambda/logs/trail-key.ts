/** The folders that the key of a trail's object names; of a prefix, those that it reaches. */
export interface TrailFolders {
  /** Twelve digits. */
  readonly account?: string | undefined;
  /** `CloudTrail` for records; `CloudTrail-Digest`, `CloudTrail-Insight` and others beside it. */
  readonly kind?: string | undefined;
  readonly region?: string | undefined;
  /** `YYYY/MM/DD`, or the beginning of it. */
  readonly day?: string | undefined;
}

/** The folder kind of records; digests, insights and the like have other ones. */
export const recordsKind = 'CloudTrail';

/**
 * AWSLogs, an organization's id where there is one, account, kind, region, year, month, day (CloudTrail user guide, "Finding your
 * CloudTrail log files").
 */
const trailFolders =
  /(?:^|\/)AWSLogs\/(?:o-[a-z0-9]{10,32}\/)?(?<account>\d{12})\/(?:(?<kind>[^/]+)\/(?:(?<region>[^/]+)\/(?:(?<day>\d{4}(?:\/\d{2}){0,2}))?)?)?/;

/** Reads a key, or a prefix of keys, of a trail's bucket; without folders where it has another form. */
export function readTrailFolders(key: string): TrailFolders {
  return trailFolders.exec(key)?.groups ?? {};
}
