import { functionArn } from '../../fixtures/records';
import { actors, layerNames, versionOf } from './cast';
import type { Action, Intent } from './intents';

/** What a call really did, as only the maker of the world knows it. */
export type Effect =
  | 'added'
  | 'version-changed'
  | 'removed'
  | 'reordered'
  | 'unchanged'
  | 'no-layers'
  | 'published'
  | 'unreadable'
  | 'tampering'
  | 'lifecycle'
  | 'denied';

/** One call as it was made, with the truth about it. */
export interface Call {
  readonly id: number;
  /** When it was completed, in milliseconds since the epoch; CloudTrail writes whole seconds. */
  readonly time: number;
  /** When Lambda changed the function: up to some seconds before the call was completed. */
  readonly lastModified: number;
  readonly actor: number;
  readonly action: Action;
  readonly operation: 'update' | 'create' | 'delete' | 'publish' | 'stop-rule' | 'denied';
  readonly functionName: string;
  readonly functionArn: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly effect: Effect;
  /** Of an unreadable call: whether its answer shows a list that brings nothing new. */
  readonly isHarmless: boolean;
  /**
   * Whether the records of the world so far say what the list was before this call. A function that was made again under its
   * name may be compared with what the name had before.
   */
  readonly isBeforeKnown: boolean;
}

interface FunctionState {
  readonly layers: readonly string[];
  readonly exists: boolean;
  /** Lists that it had, the latest last. */
  readonly past: readonly (readonly string[])[];
  readonly isKnown: boolean;
  readonly lastModified: number;
}

/** Layers that the functions have before the world begins. */
export type InitialLayers = ReadonlyMap<string, readonly string[]>;

/** Makes the calls one after another in their true order. */
export function callsOf(intents: readonly Intent[], initial: InitialLayers): readonly Call[] {
  const states = new Map<string, FunctionState>();
  const calls: Call[] = [];
  for (const intent of [...intents].sort((a, b) => a.time - b.time || a.id - b.id)) {
    const state = states.get(intent.functionName) ?? initialState(initial.get(intent.functionName) ?? []);
    const { call, next } = enact(intent, state);
    states.set(intent.functionName, next);
    calls.push(call);
  }
  return calls;
}

function initialState(layers: readonly string[]): FunctionState {
  return { layers, exists: true, past: [layers], isKnown: false, lastModified: 0 };
}

function enact(intent: Intent, state: FunctionState): { readonly call: Call; readonly next: FunctionState } {
  const { id, time, actor, action, functionName } = intent;
  const operation = operationOf(action, state);
  const touches = operation === 'update' || operation === 'create' || operation === 'delete';
  const after = touches ? layersAfter(action, operation, state) : state.layers;
  const isHidden = action.kind === 'omitted' && !action.isAnswered;
  const lastModified = touches ? modifiedAt(intent, state) : state.lastModified;
  const call: Call = {
    id,
    time,
    lastModified,
    actor: actor % actors.length,
    action,
    operation,
    functionName,
    functionArn: functionArn(functionName),
    before: state.layers,
    after,
    effect: effectOf(action, operation, state.layers, after),
    isHarmless: !isHidden && !['added', 'version-changed'].includes(comparisonOf(state.layers, after)),
    isBeforeKnown: state.isKnown,
  };
  const next: FunctionState = {
    layers: after,
    exists: operation === 'delete' ? false : operation === 'create' ? true : state.exists,
    past: touches ? [...state.past, after] : state.past,
    isKnown: touches ? operation === 'update' && !isHidden : state.isKnown,
    lastModified,
  };
  return { call, next };
}

/** A function that is gone is made again by whatever is meant for it next. */
function operationOf(action: Action, { exists }: FunctionState): Call['operation'] {
  switch (action.kind) {
    case 'publish':
    case 'stop-rule':
    case 'denied':
      return action.kind;
    case 'delete':
      return exists ? 'delete' : 'create';
    default:
      return exists ? 'update' : 'create';
  }
}

/** `eventTime` runs up to five seconds behind, and two changes of one function never share a moment. */
function modifiedAt({ time, id }: Intent, { lastModified }: FunctionState): number {
  return Math.max(lastModified + 1, time - (id % 5) * 800);
}

/** Lambda takes five layers at most. */
const maxLayers = 5;

function layersAfter(
  action: Action,
  operation: Call['operation'],
  { layers, past }: FunctionState,
): readonly string[] {
  if (operation === 'delete') return [];
  switch (action.kind) {
    case 'attach':
      return withLayer(layers, versionOf(action.layer, action.version), action.first);
    case 'omitted':
      return withLayer(layers, versionOf(action.layer, action.version), false);
    case 'detach':
      return layers.filter((_, index) => index !== action.position % Math.max(1, layers.length));
    case 'clear':
      return [];
    case 'put-back':
      return otherLists(layers, past).at(-1 - action.age) ?? otherLists(layers, past).at(-1) ?? layers;
    case 'change-version':
      return layers.map((arn, index) =>
        index === action.position % layers.length ? otherVersion(arn, action.version) : arn,
      );
    case 'reorder':
      return [...layers.slice(1), ...layers.slice(0, 1)];
    default:
      return layers;
  }
}

/** A layer that is there already is replaced: a function holds one version of each. */
function withLayer(layers: readonly string[], arn: string, first: boolean): readonly string[] {
  const others = layers.filter((each) => bareLayer(each) !== bareLayer(arn));
  return (first ? [arn, ...others] : [...others, arn]).slice(0, maxLayers);
}

function otherLists(
  layers: readonly string[],
  past: readonly (readonly string[])[],
): readonly (readonly string[])[] {
  return past.filter((list) => list.length > 0 && JSON.stringify(list) !== JSON.stringify(layers));
}

function otherVersion(arn: string, wanted: number): string {
  const [name = '', version] = arn.split(':').slice(6);
  if (!layerNames.includes(name)) return arn;
  return versionOf(name, version === String(wanted) ? wanted + 1 : wanted);
}

function effectOf(
  action: Action,
  operation: Call['operation'],
  before: readonly string[],
  after: readonly string[],
): Effect {
  switch (operation) {
    case 'publish':
      return 'published';
    case 'stop-rule':
      return 'tampering';
    case 'denied':
      return 'denied';
    case 'create':
    case 'delete':
      return 'lifecycle';
    case 'update':
      if (action.kind === 'omitted') return 'unreadable';
      return action.kind === 'change-memory' ? 'no-layers' : comparisonOf(before, after);
  }
}

/** Read here by itself, so that the truth does not depend on what is tested. */
function bareLayer(arn: string): string {
  return arn.split(':').slice(0, 7).join(':');
}

function comparisonOf(before: readonly string[], after: readonly string[]): Effect {
  const had = new Map(before.map((arn) => [bareLayer(arn), arn]));
  if (after.some((arn) => !had.has(bareLayer(arn)))) return 'added';
  if (after.some((arn) => had.get(bareLayer(arn)) !== arn)) return 'version-changed';
  if (after.length < before.length) return 'removed';
  return before.every((arn, index) => after[index] === arn) ? 'unchanged' : 'reordered';
}
