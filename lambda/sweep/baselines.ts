import { metric } from '../contract';
import type { Baseline } from '../detection/baseline';
import { InvalidMarkerError } from '../errors';
import type { Clock, Observer, StateStore } from '../ports';
import { compareWithSeed } from './compare-baseline';
import type { FunctionLister, ListedFunction, SeedProgress, SeedProgressStore } from './ports';

export interface SeedPorts {
  readonly functions: FunctionLister;
  readonly memory: Pick<StateStore, 'baselines' | 'setBaseline'>;
  readonly progress: SeedProgressStore;
  readonly clock: Clock;
  readonly observer: Observer;
}

export interface SeedOptions {
  /** How long a pass holds before the next begins. */
  readonly everyMilliseconds: number;
  /** Whether there is time for one more page. */
  readonly hasTimeLeft: () => boolean;
}

export interface Seeded {
  readonly outcome: 'not-due' | 'finished' | 'to-be-continued';
  readonly functions: number;
  readonly seeded: number;
  readonly drifted: number;
}

const nothingDone = { functions: 0, seeded: 0, drifted: 0 };

/** Writes that are on their way at once: far below what a table takes, and a page is done within a second. */
const writesAtOnce = 10;

/**
 * Goes through all functions once a day, page by page, and gives those a baseline that have none. What was done is noted
 * after each page: a pass that is cut off goes on where it was, and doing a page twice changes nothing.
 */
export async function seedBaselines(ports: SeedPorts, options: SeedOptions): Promise<Seeded> {
  const known = await ports.progress.read();
  const now = ports.clock.now().getTime();
  if (known?.completedAt !== undefined && now - Date.parse(known.completedAt) < options.everyMilliseconds)
    return { outcome: 'not-due', ...nothingDone };
  return goThrough(isOpen(known) ? known : begin(ports.clock), ports, options);
}

function isOpen(progress: SeedProgress | undefined): progress is SeedProgress {
  return progress !== undefined && progress.completedAt === undefined;
}

function begin(clock: Clock): SeedProgress {
  return { startedAt: clock.now().toISOString(), marker: undefined, completedAt: undefined };
}

async function goThrough(
  from: SeedProgress,
  ports: SeedPorts,
  { hasTimeLeft }: SeedOptions,
): Promise<Seeded> {
  let progress = from;
  let done = nothingDone;
  while (hasTimeLeft()) {
    const page = await pageAt(progress.marker, ports);
    const { seeded, drifted } = await seedPage(page.functions, ports);
    done = {
      functions: done.functions + page.functions.length,
      seeded: done.seeded + seeded,
      drifted: done.drifted + drifted,
    };
    const completedAt = page.next === undefined ? ports.clock.now().toISOString() : undefined;
    progress = { ...progress, marker: page.next, completedAt };
    await ports.progress.write(progress);
    if (completedAt !== undefined) return { outcome: 'finished', ...done };
  }
  return { outcome: 'to-be-continued', ...done };
}

/** A marker that Lambda no longer takes means to begin again: a page done twice changes nothing. */
async function pageAt(marker: string | undefined, { functions }: SeedPorts) {
  try {
    return await functions.page(marker);
  } catch (error) {
    if (!(error instanceof InvalidMarkerError) || marker === undefined) throw error;
    return functions.page(undefined);
  }
}

async function seedPage(
  functions: readonly ListedFunction[],
  ports: SeedPorts,
): Promise<{ readonly seeded: number; readonly drifted: number }> {
  const known = await ports.memory.baselines(functions.map(({ arn }) => arn));
  let seeded = 0;
  let drifted = 0;
  for (let first = 0; first < functions.length; first += writesAtOnce) {
    const some = functions.slice(first, first + writesAtOnce);
    const results = await Promise.all(some.map((listed) => seedOne(listed, known.get(listed.arn), ports)));
    seeded += results.filter((result) => result === 'seed').length;
    drifted += results.filter((result) => result === 'drift').length;
  }
  return { seeded, drifted };
}

/** A record that sets the baseline meanwhile is newer than what was listed, and stays. */
async function seedOne(
  listed: ListedFunction,
  baseline: Baseline | undefined,
  { memory, clock, observer }: SeedPorts,
): Promise<'agrees' | 'seed' | 'drift'> {
  const verdict = compareWithSeed(listed, baseline, clock.now().getTime());
  if (verdict.kind === 'agrees') return 'agrees';
  if (verdict.baseline !== undefined) await memory.setBaseline(listed.arn, baseline, verdict.baseline);
  if (verdict.kind === 'drift') {
    observer.count(metric.baselineDrift);
    observer.warn('the layers of a function are not those of the last call that is known', {
      functionArn: listed.arn,
      known: baseline?.layers,
      listed: listed.layers,
      replaced: verdict.baseline !== undefined,
    });
  }
  return verdict.kind;
}
