import { createHash } from 'node:crypto';
import { type Identity, parseIdentity } from './identity';
import {
  at,
  canonicalJson,
  isEmpty,
  isObject,
  type Json,
  type JsonObject,
  property,
  text,
  unwrapped,
} from './json';

/** One CloudTrail record, read as far as it can be read. */
export interface CloudTrailRecord {
  /** Same for every delivery of the same call: `addendum.originalEventID`, else `sharedEventID`, else `eventID`. */
  readonly identityId: string;
  readonly eventId: string | undefined;
  /** `undefined` where `eventTime` is missing or no time. */
  readonly eventTime: Date | undefined;
  /** `lambda.amazonaws.com`, in China, too. */
  readonly eventSource: string | undefined;
  readonly eventName: string;
  readonly region: string | undefined;
  readonly recipientAccountId: string | undefined;
  readonly failed: boolean;
  readonly errorCode: string | undefined;
  readonly sourceAddress: string | undefined;
  readonly userAgent: string | undefined;
  readonly vpcEndpointId: string | undefined;
  readonly identity: Identity;
  readonly requestParameters: Json | undefined;
  readonly responseElements: Json | undefined;
  /** The record; what an export wrote as a text of JSON is read. */
  readonly raw: JsonObject;
  /** What could not be read, each a phrase for people. */
  readonly problems: readonly string[];
}

export type ParsedRecord =
  | { readonly kind: 'record'; readonly record: CloudTrailRecord }
  | { readonly kind: 'not-cloudtrail'; readonly reason: string };

/**
 * Reads a CloudTrail record, or the `detail` of an EventBridge event that carries one. Total over any JSON: what is no
 * record is said, what cannot be read of a record is named in `problems`.
 */
export function parseRecord(value: unknown): ParsedRecord {
  const found = recordWithin(value);
  if (!isObject(found)) return { kind: 'not-cloudtrail', reason: `is ${describe(found)}, not an object` };
  const raw = withReadParts(found);
  const eventName = text(property(raw, 'eventName'));
  if (eventName === undefined) return { kind: 'not-cloudtrail', reason: 'has no eventName' };
  return { kind: 'record', record: readRecord(raw, eventName) };
}

/** The `detail` of an event; a record that has a name of its own is no event, whatever else it holds. */
function recordWithin(value: unknown): unknown {
  const detail = property(value, 'detail');
  return isObject(detail) && text(property(value, 'eventName')) === undefined ? detail : value;
}

/** Parts that Athena and other exports write as a text of JSON. */
const nestedParts = ['userIdentity', 'requestParameters', 'responseElements'] as const;

/** The record with these parts as objects, so that nothing that looks for secrets in them sees a mere text. */
function withReadParts(record: JsonObject): JsonObject {
  const written = nestedParts.filter((key) => typeof property(record, key) === 'string');
  if (written.length === 0) return record;
  const read = written.map((key) => [key, readPart(property(record, key))] as const);
  return { ...record, ...Object.fromEntries(read) };
}

/** A text that is no JSON, for example one that was cut, may hold secrets anywhere. */
function readPart(value: Json | undefined): Json {
  const read = unwrapped(value) ?? null;
  return typeof read === 'string' && read !== '' ? '[not kept]' : read;
}

function readRecord(raw: JsonObject, eventName: string): CloudTrailRecord {
  const eventTime = parseTime(property(raw, 'eventTime'));
  const eventId = text(property(raw, 'eventID'));
  const eventSource = text(property(raw, 'eventSource'))?.replace(/\.amazonaws\.com\.cn$/, '.amazonaws.com');
  return {
    identityId: identityOf(raw, eventId),
    eventId,
    eventTime,
    eventSource,
    eventName,
    region: text(property(raw, 'awsRegion')),
    recipientAccountId: text(property(raw, 'recipientAccountId')),
    failed: !isEmpty(property(raw, 'errorCode')) || !isEmpty(property(raw, 'errorMessage')),
    errorCode: text(property(raw, 'errorCode')),
    sourceAddress: text(property(raw, 'sourceIPAddress')),
    userAgent: text(property(raw, 'userAgent')),
    vpcEndpointId: text(property(raw, 'vpcEndpointId')),
    identity: parseIdentity(raw),
    requestParameters: property(raw, 'requestParameters'),
    responseElements: property(raw, 'responseElements'),
    raw,
    problems: problemsOf(raw, { eventTime, eventId, eventSource }),
  };
}

/** Ids longer than this or with other characters are replaced by their hash; CloudTrail's are 36 characters. */
const plainId = /^[A-Za-z0-9-]{1,64}$/;

function identityOf(raw: JsonObject, eventId: string | undefined): string {
  const id = text(at(raw, 'addendum', 'originalEventID')) ?? text(property(raw, 'sharedEventID')) ?? eventId;
  if (id !== undefined && plainId.test(id)) return id;
  return `sha256-${createHash('sha256')
    .update(id ?? canonicalJson(raw))
    .digest('hex')
    .slice(0, 40)}`;
}

/** A time of ISO 8601, with a blank in the place of `T` as Athena writes it; without a zone it is UTC, as all of CloudTrail's are. */
const timeForm =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?) ?(Z|UTC|[+-]\d{2}:?\d{2})?$/i;

function parseTime(value: Json | undefined): Date | undefined {
  const [, day, clock, zone = 'Z'] = timeForm.exec(typeof value === 'string' ? value : '') ?? [];
  if (day === undefined) return undefined;
  if (!isDay(day)) return undefined;
  const time = new Date(`${day}T${clock}${/^(utc|z)$/i.test(zone) ? 'Z' : zone}`);
  return isOfFourDigitYear(time) ? time : undefined;
}

/** `Date` reads the 30th of February as the 2nd of March. */
function isDay(day: string): boolean {
  const time = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(day);
}

/** Times are compared as texts, which years beyond 9999 would break. */
function isOfFourDigitYear(time: Date): boolean {
  return !Number.isNaN(time.getTime()) && time.toISOString().length === '0000-00-00T00:00:00.000Z'.length;
}

function problemsOf(
  raw: JsonObject,
  read: Pick<CloudTrailRecord, 'eventTime' | 'eventId' | 'eventSource'>,
): readonly string[] {
  const problems: string[] = [];
  if (read.eventTime === undefined)
    problems.push(`eventTime is ${describe(property(raw, 'eventTime'))}, not a time`);
  if (read.eventId === undefined) problems.push(`eventID is ${describe(property(raw, 'eventID'))}`);
  if (read.eventSource === undefined)
    problems.push(`eventSource is ${describe(property(raw, 'eventSource'))}`);
  if (text(property(raw, 'awsRegion')) === undefined)
    problems.push(`awsRegion is ${describe(property(raw, 'awsRegion'))}`);
  if (!isObject(property(raw, 'userIdentity'))) {
    problems.push(`userIdentity is ${describe(property(raw, 'userIdentity'))}`);
  }
  return problems;
}

/** The sort of a value, in words; never the value, which may be large or secret. */
export function describe(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (value === '') return 'empty';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
