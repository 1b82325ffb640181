import { answeredLayers, type Call } from './call';
import type { HistoryEntry, LayerList } from './history';
import { actorKey } from './identity';
import type { JsonObject } from './json';
import type { FunctionLifecycle } from './lifecycle';
import type { CloudTrailRecord } from './record';
import { withoutSecrets } from './redaction';

/** Lambda allows five layers of 140 characters (Lambda quotas); a list far beyond that is not kept. */
const maxLayers = 50;
const maxArnLength = 500;

/** Addresses are far shorter; a hostile record may hold any text. */
const maxAddressLength = 100;

/** Longer records are kept without their responses, which nothing but the document needs. */
const maxRecordLength = 8_000;

/** The entry of a call; `undefined` where it shows nothing of its function's layers, or has no time. */
export function entryOfCall(record: CloudTrailRecord, { asked, target }: Call): HistoryEntry | undefined {
  if (target.type !== 'function' || record.eventTime === undefined) return undefined;
  const answered = answeredLayers(record);
  const known = {
    time: record.eventTime.toISOString(),
    recordId: record.identityId,
    actor: actorKey(record.identity),
    sourceAddress: record.sourceAddress?.slice(0, maxAddressLength),
    record: keptRecord(record),
  };
  switch (asked.kind) {
    case 'layers':
      return { ...known, source: 'call', layers: keptList(asked.layers) };
    case 'unreadable':
      return { ...known, source: 'call', layers: keptList(answered) };
    case 'no-layers':
      return answered === undefined
        ? undefined
        : { ...known, source: 'response', layers: keptList(answered) };
    case 'publish':
    case 'tampering':
      return undefined;
  }
}

/** The entry of a function that was created or deleted; `undefined` for a record without a time. */
export function entryOfLifecycle(
  { eventTime, identityId }: CloudTrailRecord,
  { verb, layers }: FunctionLifecycle,
): HistoryEntry | undefined {
  if (eventTime === undefined) return undefined;
  return { time: eventTime.toISOString(), recordId: identityId, source: verb, layers: keptList(layers) };
}

export function keptList(layers: LayerList): LayerList {
  const fits = layers !== undefined && layers.length <= maxLayers;
  return fits && layers.every((arn) => arn.length <= maxArnLength) ? layers : undefined;
}

function keptRecord({ raw }: CloudTrailRecord): JsonObject | undefined {
  const record = withoutSecrets(raw) as JsonObject;
  if (JSON.stringify(record).length <= maxRecordLength) return record;
  const { responseElements: _, ...rest } = record;
  return JSON.stringify(rest).length <= maxRecordLength ? rest : undefined;
}
