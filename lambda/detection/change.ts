import { bareLayer, parseLayerArn } from './arn';
import type { Asked } from './call';
import { type ChangeKind, changePolicy } from './change-kinds';
import type { LayerChangeKind } from './finding-document';
import { type LayerList, sameList } from './history';

/** One layer of a change, before its owner is judged. */
export interface LayerChange {
  readonly arn: string | undefined;
  readonly name: string | undefined;
  readonly version: string | undefined;
  readonly account: string | undefined;
  readonly change: LayerChangeKind;
  readonly fromVersion?: string | undefined;
}

export interface Change {
  readonly kind: ChangeKind;
  /** Ordered layer version ARNs; `undefined` where not known. */
  readonly before: readonly string[] | undefined;
  readonly after: readonly string[] | undefined;
  readonly layers: readonly LayerChange[];
}

/** What is known of the function's list around a call. */
export interface ListsAround {
  /** The lists that it may have had just before; several where calls of one second have no order. */
  readonly before: readonly LayerList[];
  /** The list of the response, which shows what is on the function where the request does not. */
  readonly answered: LayerList;
}

export const nothingKnown: ListsAround = { before: [undefined], answered: undefined };

/** Says what a call did to the layers. Where several lists may have been there before, the strongest change counts. */
export function decideChange(asked: Asked, around: ListsAround): Change {
  switch (asked.kind) {
    case 'publish':
      return {
        kind: 'published',
        before: undefined,
        after: undefined,
        layers: [layerChange(asked.layerVersionArn, 'published', { version: asked.version })],
      };
    case 'tampering':
      return asked.layers === undefined
        ? { kind: 'tampering', before: undefined, after: around.answered, layers: [] }
        : { ...withoutBefore(asked.layers), kind: 'tampering' };
    case 'no-layers':
      return withoutLayers(around);
    case 'unreadable':
      return unreadable(onlyList(around.before), around.answered, asked.layers);
    case 'layers':
      return strongest(around.before, asked.layers);
  }
}

function onlyList([list, ...others]: readonly LayerList[]): LayerList {
  return others.length === 0 ? list : undefined;
}

function strongest(before: readonly LayerList[], after: readonly string[]): Change {
  const changes = before.map((list) => (list === undefined ? withoutBefore(after) : compare(list, after)));
  const [first = withoutBefore(after)] = changes.sort(
    (a, b) =>
      changePolicy(b.kind).strength - changePolicy(a.kind).strength || compareLists(a.before, b.before),
  );
  return first;
}

/** Any total order, so that the same lists give the same change however they came. */
function compareLists(a: LayerList, b: LayerList): number {
  const [first, second] = [JSON.stringify(a ?? null), JSON.stringify(b ?? null)];
  return first < second ? -1 : 1;
}

/** A response that shows other layers than any known call set proves a call that nobody saw. */
function withoutLayers({ before, answered }: ListsAround): Change {
  const isExplained = before.some((list) => list === undefined || sameList(list, answered));
  const [known] = before;
  if (answered === undefined || known === undefined || isExplained)
    return { kind: 'no-layers', before: onlyList(before), after: answered ?? onlyList(before), layers: [] };
  return { ...compare(known, answered), kind: 'unseen-change' };
}

/** The kind stays, because the request cannot be read; the response still shows each layer. */
function unreadable(before: LayerList, answered: LayerList, readable: readonly string[]): Change {
  if (answered === undefined || before === undefined) {
    const shown = answered ?? readable;
    const layers = shown.map((arn) => layerChange(arn, 'set'));
    return { kind: 'unreadable', before, after: answered, layers };
  }
  return { ...compare(before, answered), kind: 'unreadable' };
}

/** An empty list can only have taken layers off, whatever there was before. */
function withoutBefore(after: readonly string[]): Change {
  const kind = after.length === 0 ? 'removed' : 'before-unknown';
  return { kind, before: undefined, after, layers: after.map((arn) => layerChange(arn, 'set')) };
}

function compare(before: readonly string[], after: readonly string[]): Change {
  const previous = new Map(before.map((arn) => [bareLayer(arn), arn]));
  const present = new Set(after.map(bareLayer));
  const current = after.map((arn) => compareLayer(arn, previous.get(bareLayer(arn))));
  const gone = before.filter((arn) => !present.has(bareLayer(arn))).map((arn) => layerChange(arn, 'removed'));
  const layers = [...current, ...gone];
  return { kind: kindOf(layers, before, after), before, after, layers };
}

function compareLayer(arn: string, previous: string | undefined): LayerChange {
  if (previous === undefined) return layerChange(arn, 'added');
  if (previous === arn) return layerChange(arn, 'kept');
  return layerChange(arn, 'version-changed', { fromVersion: parseLayerArn(previous)?.version });
}

function kindOf(
  layers: readonly LayerChange[],
  before: readonly string[],
  after: readonly string[],
): ChangeKind {
  const strongest = (['added', 'version-changed', 'removed'] as const).find((kind) =>
    layers.some((layer) => layer.change === kind),
  );
  if (strongest !== undefined) return strongest;
  return before.every((arn, index) => after[index] === arn) ? 'unchanged' : 'reordered';
}

function layerChange(
  arn: string | undefined,
  change: LayerChangeKind,
  known: { readonly version?: string | undefined; readonly fromVersion?: string | undefined } = {},
): LayerChange {
  const layer = arn === undefined ? undefined : parseLayerArn(arn);
  return {
    arn,
    name: layer?.name,
    version: known.version ?? layer?.version,
    account: layer?.account,
    change,
    fromVersion: known.fromVersion,
  };
}
