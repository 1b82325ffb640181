import { partitionOfArn, partitionOfRegion } from '../detection/arn';
import type { FindingDocument } from '../detection/finding-document';

/** A page in the AWS console. */
export interface Link {
  readonly title: string;
  readonly url: string;
}

/** Console hosts by partition; for others no public address is known, so there is no link. */
const consoleDomains: ReadonlyMap<string, string> = new Map([
  ['aws', 'console.aws.amazon.com'],
  ['aws-cn', 'console.amazonaws.cn'],
  ['aws-us-gov', 'console.amazonaws-us-gov.com'],
]);

/** The region becomes part of a host's name, so only what has the form of a region does. */
const regionForm = /^[a-z]{2}(-[a-z]{2,10}){1,3}-\d{1,2}$/;

/** Longer names are no names of AWS (Lambda: 64 for a function, 140 for a layer). */
const maxNameLength = 140;

/** Where the alert is kept. */
export interface AlertTablePlace {
  readonly name: string;
  readonly region: string;
}

/** Links to the function or layer, to the event in CloudTrail's history, and to the alert's item. */
export function linksOf(document: FindingDocument, alertTable: AlertTablePlace | undefined): readonly Link[] {
  const links = [targetLink(document), eventLink(document), alertLink(document, alertTable)];
  return links.filter((link) => link !== undefined);
}

/** What else was done with the same access key, or under the same user or session name, in CloudTrail's history. */
export function actorHistoryLink({ cloud, aws, layerwatch }: FindingDocument): string | undefined {
  const key = aws.cloudtrail.user_identity?.access_key_id;
  if (key === undefined || !/^[A-Z0-9]{16,128}$/.test(key)) return undefined;
  const page = `#/events?AccessKeyId=${key}`;
  return consoleUrl(cloud.region, layerwatch.target.arn, 'cloudtrailv2', page);
}

function targetLink({ layerwatch }: FindingDocument): Link | undefined {
  const { target, change } = layerwatch;
  if (target.type !== 'function' && target.type !== 'layer') return undefined;
  if (target.name === null || target.name.length > maxNameLength) return undefined;
  const name = encoded(target.name);
  const version = change.layers[0]?.version ?? '';
  const page =
    target.type === 'function'
      ? `#/functions/${name}?tab=code`
      : `#/layers/${name}${/^\d{1,12}$/.test(version) ? `/versions/${version}` : ''}`;
  return linkTo(target.type === 'function' ? 'Function' : 'Layer', [
    target.region,
    target.arn,
    'lambda',
    page,
  ]);
}

function eventLink({ event, cloud, layerwatch }: FindingDocument): Link | undefined {
  if (!/^[A-Za-z0-9-]{1,64}$/.test(event.id)) return undefined;
  const page = `#/events/${event.id}`;
  return linkTo('Event history', [cloud.region, layerwatch.target.arn, 'cloudtrailv2', page]);
}

function alertLink({ layerwatch }: FindingDocument, table: AlertTablePlace | undefined): Link | undefined {
  if (table === undefined) return undefined;
  const page = `#edit-item?itemMode=2&pk=${layerwatch.alert_id}&route=ROUTE_ITEM_EXPLORER&sk=&table=${encoded(table.name)}`;
  return linkTo('Alert', [table.region, null, 'dynamodbv2', page]);
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
  if (region === null || region === undefined || !regionForm.test(region)) return undefined;
  const partition = partitionOfArn(arn ?? undefined) ?? partitionOfRegion(region);
  const domain = consoleDomains.get(partition);
  if (domain === undefined) return undefined;
  const host = partition === 'aws' ? `${region}.${domain}` : domain;
  return `https://${host}/${service}/home?region=${region}${page}`;
}

/** `'` and brackets are legal in an address and yet end it in some mail programs. */
function encoded(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
}
