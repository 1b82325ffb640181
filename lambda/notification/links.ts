import { partitionOfArn } from '../detection/arn';
import { isRegion } from '../detection/aws-grammar';
import type { FindingDocument } from '../detection/finding-document';
import { commercialPartition, partitionNamed, partitionOfRegion } from '../detection/partitions';

/** A page in the AWS console. */
export interface Link {
  readonly title: string;
  readonly url: string;
}

/** Longer names are no names of AWS (Lambda: 64 for a function, 140 for a layer). */
const maxNameLength = 140;

/** Links to the function or layer, and to the event in CloudTrail's history. */
export function linksOf(document: FindingDocument): readonly Link[] {
  return [targetLink(document), eventLink(document)].filter((link) => link !== undefined);
}

const hourMilliseconds = 3_600_000;

/** What else was done with the same access key in the hour before and after, in CloudTrail's history. */
export function actorHistoryLink({
  '@timestamp': time,
  cloud,
  aws,
  layerwatch,
}: FindingDocument): string | undefined {
  const key = aws.cloudtrail.user_identity?.access_key_id;
  if (key === undefined || !/^[A-Z0-9]{16,128}$/.test(key)) return undefined;
  const page = `#/events?AccessKeyId=${key}${hourAround(time)}`;
  return consoleUrl(cloud.region, layerwatch.target.arn, 'cloudtrailv2', page);
}

function hourAround(time: string): string {
  const milliseconds = Date.parse(time);
  if (Number.isNaN(milliseconds)) return '';
  const [start, end] = [-hourMilliseconds, hourMilliseconds].map((hour) => new Date(milliseconds + hour));
  return `&StartTime=${start?.toISOString()}&EndTime=${end?.toISOString()}`;
}

/** The tab of a role's page that revokes its sessions; IAM has no regions. */
export function revokeSessionsLink(role: string, { cloud, layerwatch }: FindingDocument): string | undefined {
  const domain = consoleDomain(cloud.region ?? '', layerwatch.target.arn);
  if (domain === undefined) return undefined;
  return `https://${domain}/iam/home#/roles/details/${encoded(role)}?section=revoke_sessions`;
}

/** The function or layer in the console. */
export function targetLink({ layerwatch }: FindingDocument): Link | undefined {
  const { target, change } = layerwatch;
  if (target.type !== 'function' && target.type !== 'layer') return undefined;
  if (target.name === null || target.name.length > maxNameLength) return undefined;
  const name = encoded(target.name);
  const version = change.layers[0]?.version ?? '';
  const page =
    target.type === 'function'
      ? `#/functions/${name}?tab=code`
      : `#/layers/${name}${/^\d{1,12}$/.test(version) ? `/versions/${version}` : ''}`;
  return linkTo(target.type === 'function' ? 'Function in the console' : 'Layer in the console', [
    target.region,
    target.arn,
    'lambda',
    page,
  ]);
}

/** The event in CloudTrail's event history, which keeps 90 days. */
export function eventLink({ event, cloud, layerwatch }: FindingDocument): Link | undefined {
  if (!/^[A-Za-z0-9-]{1,64}$/.test(event.id)) return undefined;
  const page = `#/events/${event.id}`;
  return linkTo('Event in the console', [cloud.region, layerwatch.target.arn, 'cloudtrailv2', page]);
}

function linkTo(title: string, place: Parameters<typeof consoleUrl>): Link | undefined {
  const url = consoleUrl(...place);
  return url === undefined ? undefined : { title, url };
}

function consoleUrl(
  region: string | null | undefined,
  arn: string | null,
  service: string,
  page: string,
): string | undefined {
  if (region === null || region === undefined || !isRegion(region)) return undefined;
  const domain = consoleDomain(region, arn);
  if (domain === undefined) return undefined;
  const host = domain === commercialPartition.consoleDomain ? `${region}.${domain}` : domain;
  return `https://${host}/${service}/home?region=${region}${page}`;
}

function consoleDomain(region: string, arn: string | null): string | undefined {
  const named = partitionOfArn(arn ?? undefined);
  return (named === undefined ? partitionOfRegion(region) : partitionNamed(named))?.consoleDomain;
}

/** `'` and brackets are legal in an address and yet end it in some mail programs. */
function encoded(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
}
