import { Random } from './random';
import { type Call, callsOf, type InitialLayers } from './world/calls';
import { functionNames, layerNames, versionOf } from './world/cast';
import { type HistoryShape, intentsOf } from './world/intents';

/** What may happen to a request. */
export const faultKinds = [
  'kill-before',
  'kill-after',
  'lost-answer',
  'connection-reset',
  'refused',
  'stalled',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** How long requests take: alike, widely scattered, or by container, so that one stands still while others run. */
export type LatencyStyle = 'even' | 'scattered' | 'by-container';

/** How EventBridge delivers. */
export type DeliveryStyle = 'prompt' | 'by-file' | 'late';

/** All that one seed decides before the simulation begins. */
export interface Scenario {
  readonly seed: number;
  readonly calls: readonly Call[];
  readonly initialLayers: InitialLayers;
  /** When the stack is there: earlier calls come by the event history alone. Milliseconds since the epoch. */
  readonly deployedAt: number;
  /** When the first sweep runs. */
  readonly firstSweepAt: number;
  /** From here on nothing fails. */
  readonly calmAt: number;
  readonly latency: LatencyStyle;
  readonly delivery: DeliveryStyle;
  /** Within how long the records of one file, and the copies of one record, are delivered. */
  readonly burstMilliseconds: number;
  readonly maxSkewMilliseconds: number;
  /** Of a detector's request. */
  readonly faultProbability: number;
  readonly faults: readonly FaultKind[];
  readonly duplicateProbability: number;
  /** That EventBridge loses an event. */
  readonly lossProbability: number;
  /** That EventBridge cannot hand an event over, and leaves it in the queue of its rule. */
  readonly undeliverableProbability: number;
  /** While it lasts SNS refuses everything; milliseconds since the epoch. */
  readonly topicOutage: { readonly from: number; readonly to: number } | undefined;
  readonly exportFailureProbability: number;
  /** Name of a function whose notifications SNS refuses for ever; everything else has to be done all the same. */
  readonly refusedFunction: string | undefined;
  /** A function whose documents the exporter refuses for ever, alone or with the call that they are in. */
  readonly refusedExport:
    | { readonly functionName: string; readonly refuses: 'document' | 'call' }
    | undefined;
  readonly budgetCount: number;
  /** When functions are listed: never, by the first sweep, or by any. */
  readonly listing: 'never' | 'first' | 'often';
  /** Whether findings look at who and what was seen before. */
  readonly remembers: boolean;
}

/** Parts of a scenario that are left out, to see whether it fails without them. */
export interface Restriction {
  readonly omittedCalls?: ReadonlySet<number>;
  /** By the name of the request. */
  readonly omittedFaults?: ReadonlySet<string>;
  readonly changes?: Partial<Scenario>;
}

const minute = 60_000;
const day = Date.parse('2026-10-06T00:00:00Z');

export function scenarioOf(seed: number, { omittedCalls, changes }: Restriction = {}): Scenario {
  const random = new Random(seed, 'scenario');
  const start = day + 9 * 60 * minute + random.integer(0, 59 * minute);
  const intents = intentsOf(new Random(seed, 'intents'), start, shapeOf(random));
  const initialLayers = initialLayersOf(new Random(seed, 'initial'));
  const calls = callsOf(
    intents.filter(({ id }) => !omittedCalls?.has(id)),
    initialLayers,
  );
  const end = intents.at(-1)?.time ?? start;
  const deployedAt = random.chance(0.75) ? start - minute : start + random.integer(0, 15 * minute);
  return {
    seed,
    calls,
    initialLayers,
    deployedAt,
    firstSweepAt: deployedAt + random.integer(0, 10 * minute),
    calmAt: end + 20 * minute,
    ...deliveryOf(random),
    ...faultsOf(random, start, end),
    budgetCount: random.weighted([
      [100, 70],
      [random.integer(2, 5), 30],
    ]),
    listing: random.weighted([
      ['never', 40],
      ['first', 30],
      ['often', 30],
    ]),
    remembers: random.chance(0.5),
    refusedFunction: random.chance(0.06) ? functionNames[0] : undefined,
    refusedExport: refusedExportOf(random),
    ...changes,
  };
}

function refusedExportOf(random: Random): Scenario['refusedExport'] {
  const [, functionName] = functionNames;
  const refuses = random.pick(['document', 'call'] as const);
  return random.chance(0.25) && functionName !== undefined ? { functionName, refuses } : undefined;
}

function shapeOf(random: Random): HistoryShape {
  return {
    calls: random.chance(0.25) ? random.integer(1, 2) : random.integer(3, 14),
    functions: random.weighted([
      [1, 40],
      [2, 40],
      [functionNames.length, 20],
    ]),
    actors: random.integer(1, 3),
    layers: random.integer(1, layerNames.length),
    versions: random.integer(1, 3),
    flood: random.chance(0.015) ? 120 : 0,
  };
}

function initialLayersOf(random: Random): InitialLayers {
  const list = () => layerNames.filter(() => random.chance(0.3)).map((name) => versionOf(name, 1));
  return new Map(functionNames.map((name) => [name, list()]));
}

function deliveryOf(
  random: Random,
): Pick<
  Scenario,
  | 'latency'
  | 'delivery'
  | 'burstMilliseconds'
  | 'maxSkewMilliseconds'
  | 'duplicateProbability'
  | 'lossProbability'
  | 'undeliverableProbability'
> {
  return {
    latency: random.pick(['even', 'scattered', 'by-container']),
    delivery: random.weighted([
      ['prompt', 35],
      ['by-file', 40],
      ['late', 25],
    ]),
    burstMilliseconds: random.pick([20, 200, 1_500]),
    maxSkewMilliseconds: random.pick([0, 1_000, 5_000]),
    duplicateProbability: random.pick([0, 0.1, 0.4]),
    lossProbability: random.pick([0, 0, 0.1]),
    undeliverableProbability: random.pick([0, 0, 0.1]),
  };
}

function faultsOf(
  random: Random,
  start: number,
  end: number,
): Pick<Scenario, 'faultProbability' | 'faults' | 'topicOutage' | 'exportFailureProbability'> {
  const kinds = faultKinds.filter(() => random.chance(0.5));
  const from = random.integer(start, end);
  return {
    faultProbability: random.pick([0, 0.003, 0.01, 0.03, 0.08]),
    faults: kinds.length === 0 ? faultKinds : kinds,
    topicOutage: random.chance(0.15) ? { from, to: from + random.integer(1, 20) * minute } : undefined,
    exportFailureProbability: random.pick([0, 0.2, 0.6]),
  };
}
