import { bareLayer, parseLayerArn } from './arn';
import type { Asked } from './call';
import type { ChangeKind, LayerChangeKind } from './finding-document';

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

/**
 * Says what a call did to the layers, given the list before it where that is known. `answered` is the list of the response,
 * which tells what is on the function where the request does not.
 */
export function decideChange(
  asked: Asked,
  before: readonly string[] | undefined,
  answered?: readonly string[],
): Change {
  switch (asked.kind) {
    case 'publish':
      return {
        kind: 'published',
        before: undefined,
        after: undefined,
        layers: [layerChange(asked.layerVersionArn, 'published', { version: asked.version })],
      };
    case 'tampering':
      return { kind: 'tampering', before: undefined, after: undefined, layers: [] };
    case 'no-layers':
      return { kind: 'no-layers', before, after: before, layers: [] };
    case 'unreadable':
      return unreadable(before, answered, asked.layers);
    default:
      return before === undefined ? withoutBefore(asked.layers) : compare(before, asked.layers);
  }
}

/** The kind stays, because nobody can tell what the request said; the response still shows each layer. */
function unreadable(
  before: readonly string[] | undefined,
  answered: readonly string[] | undefined,
  readable: readonly string[],
): Change {
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
  const layer = parseLayerArn(arn ?? '');
  return {
    arn,
    name: layer?.name,
    version: known.version ?? layer?.version,
    account: layer?.account,
    change,
    ...(known.fromVersion === undefined ? {} : { fromVersion: known.fromVersion }),
  };
}
