import { bareLayer, parseLayerArn } from './arn';
import type { Baseline } from './baseline';
import type { Call } from './call';
import type { Change } from './change';
import { actorKey } from './identity';
import type { CloudTrailRecord } from './record';
import type { SeenEntity, Sighting } from './seen-entity';

/** What is asked of the memory about one call, in one read. */
export interface StateQuery {
  /** Whose baseline is wanted. */
  readonly functionArn: string | undefined;
  /** Keys of marks. */
  readonly entities: readonly string[];
  /** Whose denied attempts are wanted, and on which days (`YYYY-MM-DD`). */
  readonly deniedActor: string;
  readonly deniedDays: readonly string[];
  /** Accounts whose names are wanted, as AWS Organizations lists them. */
  readonly accounts: readonly string[];
}

/** A call that AWS refused for want of a permission. */
export interface DeniedAttempt {
  /** ISO 8601 UTC. */
  readonly time: string;
  readonly recordId: string;
  readonly errorCode: string;
}

/** What the memory holds. */
export interface StateSnapshot {
  readonly baseline: Baseline | undefined;
  readonly entities: ReadonlyMap<string, SeenEntity>;
  readonly denied: readonly DeniedAttempt[];
  /** Names of those that are members of the organization, by account. */
  readonly accounts: ReadonlyMap<string, string>;
}

export const emptySnapshot: StateSnapshot = {
  baseline: undefined,
  entities: new Map(),
  denied: [],
  accounts: new Map(),
};

export const emptyQuery: StateQuery = {
  functionArn: undefined,
  entities: [],
  deniedActor: '',
  deniedDays: [],
  accounts: [],
};

/** Lambda allows five layers on a function; a hostile record may name any number. */
const maxLayers = 10;

/** Keys of marks: what kind of thing, and which. */
export const entityKey = {
  /** The first layer change at all. */
  anything: () => 'anything',
  actor: (actor: string) => `actor#${actor}`,
  countryOfActor: (actor: string, country: string) => `actor-country#${country}#${actor}`,
  country: (country: string) => `country#${country}`,
  publisher: (account: string) => `publisher#${account}`,
  layer: (bareArn: string) => `layer#${bareArn}`,
  published: (versionArn: string) => `published#${versionArn}`,
} as const;

export function stateQueryFor(
  record: CloudTrailRecord,
  call: Call,
  country: string | undefined,
  namesAccounts = false,
): StateQuery {
  const actor = actorKey(record.identity);
  const layers = layersAskedFor(call);
  return {
    functionArn: call.target.type === 'function' ? call.target.arn : undefined,
    entities: unique([
      ...sightingKeys(actor, country, layers),
      ...(call.asked.kind === 'publish' ? [] : layers.map(entityKey.published)),
    ]),
    deniedActor: actor,
    deniedDays: record.eventTime === undefined ? [] : lastDays(record.eventTime),
    accounts: namesAccounts ? accountsOf(record, call) : [],
  };
}

/** Of the target, of the caller and of each layer. */
function accountsOf(record: CloudTrailRecord, call: Call): readonly string[] {
  const ofLayers = layersAskedFor(call).map((arn) => parseLayerArn(arn)?.account);
  const all = [call.target.account, record.identity.accountId, record.recipientAccountId, ...ofLayers];
  return unique(all.filter((account) => account !== undefined && /^\d{12}$/.test(account)) as string[]);
}

function layersAskedFor({ asked }: Call): readonly string[] {
  if (asked.kind === 'publish') return asked.layerVersionArn === undefined ? [] : [asked.layerVersionArn];
  return asked.kind === 'no-layers' || asked.kind === 'tampering' ? [] : asked.layers.slice(0, maxLayers);
}

function sightingKeys(
  actor: string,
  country: string | undefined,
  layers: readonly string[],
): readonly string[] {
  return [
    entityKey.anything(),
    entityKey.actor(actor),
    ...(country === undefined ? [] : [entityKey.country(country), entityKey.countryOfActor(actor, country)]),
    ...layers.flatMap((arn) => {
      const layer = parseLayerArn(arn);
      return layer === undefined ? [] : [entityKey.publisher(layer.account), entityKey.layer(bareLayer(arn))];
    }),
  ];
}

/** Today and yesterday, UTC: between them lies every time of the last 24 hours. */
function lastDays(time: Date): readonly string[] {
  const day = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 10);
  return [day(time.getTime()), day(time.getTime() - 86_400_000)];
}

/** Calls that change no layers show nothing of who changes layers. */
const notRemembered: ReadonlySet<Change['kind']> = new Set(['no-layers', 'unchanged', 'tampering']);

/** What a call shows for the first time, or again. A call that changed no layers shows nothing. */
export function sightingsOf(
  record: CloudTrailRecord,
  call: Call,
  change: Change,
  country: string | undefined,
): readonly Sighting[] {
  const { eventTime: time } = record;
  if (time === undefined || notRemembered.has(change.kind)) return [];
  const actor = actorKey(record.identity);
  const layers = layersAskedFor(call);
  const isPublish = call.asked.kind === 'publish';
  const published = isPublish ? layers.map(entityKey.published) : [];
  const keys = unique([...sightingKeys(actor, country, layers), ...published]);
  return keys.map((key) => ({ key, time, actor, ...(key === entityKey.actor(actor) ? { country } : {}) }));
}

/** Whether AWS refused the call for want of a permission; other failures are nobody's attempt at anything. */
export function deniedAttemptOf(record: CloudTrailRecord): DeniedAttempt | undefined {
  const { errorCode, eventTime, identityId } = record;
  if (errorCode === undefined || eventTime === undefined) return undefined;
  if (!/AccessDenied|Unauthorized|NotAuthorized|Forbidden/i.test(errorCode)) return undefined;
  return { time: eventTime.toISOString(), recordId: identityId, errorCode: errorCode.slice(0, 100) };
}

function unique(keys: readonly string[]): readonly string[] {
  return [...new Set(keys)];
}
