import * as v from 'valibot';
import { regionPattern } from '../lambda/detection/aws-grammar';
import { bands } from '../lambda/detection/band';
import { changeKindNames } from '../lambda/detection/change-kinds';
import { weekdays } from '../lambda/detection/settings';
import { isPlainObject } from './problems';

/* Every message completes the sentence "<key> is <value>; allowed: ...". */

function matching(pattern: RegExp, allowed: string) {
  return v.pipe(v.string(allowed), v.regex(pattern, allowed));
}

function whole(from: number, to: number, unit: string) {
  const allowed = `a whole number${unit} from ${from} to ${to}`;
  return v.pipe(v.number(allowed), v.integer(allowed), v.minValue(from, allowed), v.maxValue(to, allowed));
}

/** One problem for each entry that repeats the `name` of an earlier one, however broken the entries are otherwise. */
export function uniqueNames<Entry>(key: string) {
  return v.rawCheck<Entry[]>(({ dataset, addIssue }) => {
    const firstIndexes = new Map<unknown, number>();
    const entries: unknown = dataset.value;
    for (const [index, entry] of (Array.isArray(entries) ? entries : []).entries()) {
      const name: unknown = isPlainObject(entry) ? entry['name'] : undefined;
      const first = typeof name === 'string' ? firstIndexes.get(name) : undefined;
      if (first !== undefined)
        addIssue(at([index, 'name'], name, `a name of its own, ${key}[${first}] has this one`));
      else firstIndexes.set(name, index);
    }
  });
}

/** An issue of a value inside the checked one. */
export function at(
  keys: readonly [string | number, ...(string | number)[]],
  input: unknown,
  message: string,
) {
  const [first, ...rest] = keys;
  const path: [v.IssuePathItem, ...v.IssuePathItem[]] = [
    pathItem(first, input),
    ...rest.map((key) => pathItem(key, input)),
  ];
  return { input, message, path };
}

function pathItem(key: string | number, value: unknown): v.IssuePathItem {
  return { type: 'unknown', origin: 'value', input: undefined, key, value };
}

const kinds = changeKindNames.map((kind) => `"${kind}"`).join(', ');
export const notifyOn = v.union(
  [
    v.picklist(['layer-changes', 'every-match']),
    v.pipe(v.array(v.picklist(changeKindNames)), v.minLength(1), v.readonly()),
  ],
  `"layer-changes", "every-match" or a list of kinds of change: ${kinds}`,
);
export const band = v.picklist(bands, bands.map((name) => `"${name}"`).join(', '));
export const minutes = whole(1, 1440, ' of minutes');
export const notificationCount = whole(1, 10_000, ' of notifications');
export const retentionDays = whole(1, 3650, ' of days');
export const points = whole(-99, 99, ' of points');

export const account = matching(/^\d{12}$/, 'an account id, twelve digits in quotation marks');
export const weekday = v.picklist(weekdays, weekdays.map((day) => `"${day}"`).join(', '));
export const timeOfDay = matching(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time "HH:MM" from "00:00" to "23:59"');

const timeZoneAllowed = 'an IANA time zone, for example "Europe/Paris"';
export const timeZone = v.pipe(v.string(timeZoneAllowed), v.check(isTimeZone, timeZoneAllowed));

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Names become metric dimensions, and CloudWatch takes ASCII only. */
export const name = matching(
  /^[A-Za-z0-9][\x20-\x7e]{0,99}$/,
  '1 to 100 printable ASCII characters, a letter or digit first',
);
export const line = matching(/^(?=.*\S)[^\p{C}\u2028\u2029]{1,500}$/u, 'one line of 1 to 500 characters');

const dateAllowed = 'a date "YYYY-MM-DD"';
export const date = v.pipe(v.string(dateAllowed), v.check(isDate, dateAllowed));

function isDate(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

const onlyWildcards = /^\*+$/;

/** A condition's text, in which `*` stands for any text; one that every finding meets is no condition. */
function condition(pattern: RegExp, allowed: string) {
  const more = `${allowed}, with * as wildcard but not alone; leave the key out for any`;
  return v.pipe(
    v.string(more),
    v.check((text) => pattern.test(text) && !onlyWildcards.test(text), more),
  );
}

export const accountCondition = condition(/^(\d{12}|(?=.*\*)[\d*]{1,12})$/, 'an account id of twelve digits');
export const regionCondition = condition(/^[a-z0-9*-]{1,40}$/, 'a region, for example "eu-west-3"');
export const functionCondition = condition(/^[\w*-]{1,140}$/, "a function's bare name, not its ARN");

/** An ARN in which account and name are both left open names nobody in particular. */
function arnCondition(pattern: RegExp, allowed: string) {
  return v.pipe(
    v.string(allowed),
    v.check((text) => {
      const parts = pattern.exec(text)?.groups;
      if (parts === undefined) return false;
      return !(onlyWildcards.test(parts['account'] ?? '') && onlyWildcards.test(parts['name'] ?? ''));
    }, allowed),
  );
}

export const principal = arnCondition(
  /^arn:[a-z*-]+:iam::(?<account>\d{12}|(?=[\d*]*\*)[\d*]{1,12}):(?:role|user)\/(?<name>[\w+=,.@/*-]+)$/,
  'the ARN of an IAM role or user, "arn:aws:iam::<account>:role/<path and name>" (of a session take its role), with * as wildcard but not for account and name alike',
);

export const layerCondition = arnCondition(
  /^arn:[a-z*-]+:lambda:[a-z0-9*-]+:(?<account>\d{12}|(?=[\d*]*\*)[\d*]{1,12}):layer:(?<name>[\w*-]+)(?::[\d*]+)?$/,
  'the ARN of a layer or layer version, "arn:aws:lambda:<region>:<account>:layer:<name>", with * as wildcard but not for account and name alike',
);

export const layerPrefix = matching(
  /^[\w-]{1,140}$/,
  'the beginning of a layer name, 1 to 140 letters, digits, "-" or "_", without wildcard',
);

/** Not of digits alone, which would be an account id with a digit missing or too many. */
export const functionPrefix = matching(
  /^(?!\d+$)[A-Za-z0-9_][\w-]{0,63}$/,
  'the beginning of a function\'s name, 1 to 64 letters, digits, "-" or "_"',
);

/** Printable ASCII, so that what is seen is where the link leads. */
export const webAddress = matching(
  /^https:\/\/[A-Za-z0-9][A-Za-z0-9.-]{0,252}(?::\d{1,5})?(?:[/?#][\w\-./~%?#=&+,:@!]{0,1000})?$/,
  'one https address without spaces, for example "https://wiki.example.com/layer-alerts"',
);

/** Plausible only: whether it is read is for its owner to confirm by the link that SNS sends. */
export const email = matching(
  /^(?=.{3,254}$)[^\s@\p{C}"<>,;:\\()[\]]+@[^\s@\p{C}"<>,;:\\()[\]]+\.[^\s@\p{C}"<>,;:\\()[\].]+$/u,
  'one email address, for example "security@example.com"',
);

/* The ids' patterns are those of the CreateSlackChannelConfiguration API. */
export const slackWorkspaceId = matching(
  /^[0-9A-Z]{1,255}$/,
  'the id of a Slack workspace, capital letters and digits, for example "T0123ABCD"',
);
export const slackChannelId = matching(
  /^[A-Za-z0-9]{1,255}$/,
  'the id of a Slack channel, letters and digits, for example "C0123ABCD"',
);

export const kmsKeyArn = matching(
  /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/,
  'the ARN of a key, "arn:aws:kms:<region>:<account>:key/<id>", not of an alias',
);

export const organizationId = matching(
  /^o-[a-z0-9]{10,32}$/,
  'the id of an organization, for example "o-a1b2c3d4e5"',
);
export const region = matching(new RegExp(regionPattern), 'a region, for example "eu-west-3"');

/** The pattern is that of the AssumeRole API. */
export const externalId = matching(/^[\w+=,.@:/-]{2,1224}$/, '2 to 1224 letters, digits and +=,.@:/-_');

export const routing = v.picklist(['first', 'all'], '"first" or "all"');

/** Becomes part of a logical id of CloudFormation, which takes letters and digits. */
export const routeName = matching(
  /^[A-Za-z][A-Za-z0-9]{0,39}$/,
  '1 to 40 letters and digits, a letter first',
);

export const busArn = matching(
  /^arn:aws[a-z-]*:events:[a-z0-9-]+:\d{12}:event-bus\/[\w./-]{1,256}$/,
  'the ARN of an event bus, "arn:aws:events:<region>:<account>:event-bus/<name>"',
);

/** S3 user guide, "Bucket naming rules". */
export const bucketName = matching(
  /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  'the name of a bucket, 3 to 63 lower-case letters, digits, dots and hyphens',
);

/** CloudTrail takes 200 characters (CreateTrail, S3KeyPrefix); these are safe in keys (S3 user guide, "Object key naming"). */
export const bucketPrefix = matching(
  /^(?=.{1,200}$)[\w!.*'()-]+(?:\/[\w!.*'()-]+)*$/,
  "a prefix of 1 to 200 letters, digits and !-_.*'(), without a slash at either end",
);

export const topicArn = matching(
  /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/,
  'the ARN of a topic, "arn:aws:sns:<region>:<account>:<name>"',
);
