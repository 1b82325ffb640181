import type { Random } from '../random';
import { actors, functionNames, layerNames } from './cast';

/** What somebody means to do, apart from what the function's list is at that moment. */
export type Action =
  | { readonly kind: 'attach'; readonly layer: string; readonly version: number; readonly first: boolean }
  | { readonly kind: 'detach'; readonly position: number }
  | { readonly kind: 'clear' }
  | { readonly kind: 'put-back'; readonly age: number }
  | { readonly kind: 'change-version'; readonly position: number; readonly version: number }
  | { readonly kind: 'send-again' }
  | { readonly kind: 'reorder' }
  | { readonly kind: 'change-memory' }
  | {
      readonly kind: 'omitted';
      readonly layer: string;
      readonly version: number;
      readonly isAnswered: boolean;
    }
  | { readonly kind: 'publish'; readonly layer: string }
  | { readonly kind: 'stop-rule' }
  | { readonly kind: 'delete' }
  | { readonly kind: 'denied' };

export interface Intent {
  readonly id: number;
  /** When the call was completed, in milliseconds since the epoch. */
  readonly time: number;
  readonly functionName: string;
  readonly actor: number;
  readonly action: Action;
}

export interface HistoryShape {
  readonly calls: number;
  readonly functions: number;
  readonly actors: number;
  /** How many layers there are to choose from, and versions of each: the fewer, the oftener the same list comes back. */
  readonly layers: number;
  readonly versions: number;
  /** Repeats of one list that come on top: more than an alert lists by id. */
  readonly flood: number;
}

const kinds: readonly (readonly [Action['kind'], number])[] = [
  ['attach', 25],
  ['put-back', 18],
  ['detach', 12],
  ['send-again', 14],
  ['change-version', 9],
  ['change-memory', 8],
  ['publish', 7],
  ['clear', 6],
  ['omitted', 4],
  ['reorder', 4],
  ['denied', 3],
  ['delete', 3],
  ['stop-rule', 2],
];

/** Seconds between two calls: within one second, within a rollout, minutes, and an hour's window later. */
const gaps: readonly (readonly [readonly [number, number], number])[] = [
  [[0, 0.4], 15],
  [[0.4, 8], 35],
  [[8, 60], 20],
  [[60, 600], 20],
  [[1_200, 3_000], 7],
];

export function intentsOf(random: Random, start: number, shape: HistoryShape): readonly Intent[] {
  const intents: Intent[] = [];
  let time = start;
  for (let id = 0; id < shape.calls; id++) {
    time += Math.round(gapOf(random) * 1_000);
    intents.push({
      id,
      time,
      functionName: functionNames[random.integer(0, shape.functions - 1)] ?? '',
      actor: random.integer(0, shape.actors - 1) % actors.length,
      action: actionOf(random, shape),
    });
  }
  return [...intents, ...floodOf(intents, shape.flood)];
}

function gapOf(random: Random): number {
  const [from, to] = random.weighted(gaps);
  return random.between(from, to);
}

function actionOf(random: Random, { layers, versions }: HistoryShape): Action {
  const kind = random.weighted(kinds);
  const version = random.integer(1, versions);
  const layer = layerNames[random.integer(0, layers - 1)] ?? '';
  switch (kind) {
    case 'attach':
      return { kind, layer, version, first: random.chance(0.3) };
    case 'detach':
      return { kind, position: random.integer(0, 4) };
    case 'put-back':
      return { kind, age: random.integer(0, 2) };
    case 'change-version':
      return { kind, position: random.integer(0, 4), version };
    case 'omitted':
      return { kind, layer, version, isAnswered: random.chance(0.6) };
    case 'publish':
      return { kind, layer: random.pick(['base', 'util']) };
    case 'clear':
    case 'send-again':
    case 'reorder':
    case 'change-memory':
    case 'stop-rule':
    case 'delete':
    case 'denied':
      return { kind };
  }
}

/** A pipeline that sends one list again and again, faster than Lambda's control plane would let it for long. */
function floodOf(intents: readonly Intent[], size: number): readonly Intent[] {
  const last = intents.at(-1);
  if (last === undefined) return [];
  return Array.from({ length: size }, (_, index) => ({
    ...last,
    id: intents.length + index,
    time: last.time + 1_500 + index * 700,
    action: { kind: index % 37 === 20 ? 'clear' : index % 37 === 21 ? 'put-back' : 'send-again', age: 0 },
  }));
}
