import { bareLayer, parseLayerArn } from './arn';
import type { FunctionArn } from './brands';
import type { Call } from './call';
import type { Change } from './change';
import { changePolicy } from './change-kinds';
import { emptyHistory, type FunctionHistory } from './history';
import { actorKey } from './identity';
import type { CloudTrailRecord } from './record';
import type { SeenEntity, Sighting } from './seen-entity';

/** What is asked of the state table about one call, in one read. */
export interface StateQuery {
  /** Whose history is wanted. */
  readonly functionArn: FunctionArn | undefined;
  /** Keys of seen entities. */
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

/** What the state table holds of it. */
export interface StateSnapshot {
  readonly history: FunctionHistory;
  readonly entities: ReadonlyMap<string, SeenEntity>;
  readonly denied: readonly DeniedAttempt[];
  /** Names of those that are members of the organization, by account. */
  readonly accounts: ReadonlyMap<string, string>;
}

export const emptySnapshot: StateSnapshot = {
  history: emptyHistory,
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

/** Keys of seen entities: what kind of thing, and which. */
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
  switch (asked.kind) {
    case 'publish':
      return asked.layerVersionArn === undefined ? [] : [asked.layerVersionArn];
    case 'no-layers':
      return [];
    case 'tampering':
    case 'layers':
    case 'unreadable':
      return (asked.layers ?? []).slice(0, maxLayers);
  }
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

/** What a call shows for the first time, or again; see `isRemembered` of the kinds of change. */
export function sightingsOf(
  record: CloudTrailRecord,
  call: Call,
  change: Change,
  country: string | undefined,
): readonly Sighting[] {
  const { eventTime: time } = record;
  if (time === undefined || !changePolicy(change.kind).isRemembered) return [];
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
