import { metric } from '../contract';
import type { FunctionArn } from '../detection/brands';
import { emptyHistory, type FunctionHistory, type HistoryEntry } from '../detection/history';
import { latestList } from '../detection/history-lists';
import { InvalidMarkerError } from '../errors';
import type { PipelineDependencies, PipelineOptions } from '../pipeline/dependencies';
import { updateLaterAlerts } from '../pipeline/later-alerts';
import { placeEntry } from '../pipeline/place-entry';
import { notifyLaterAlerts } from '../pipeline/process-record';
import type { Clock } from '../ports';
import { errorMessage } from '../text/format';
import { compareWithListing, type ListingVerdict } from './listing';
import type { FunctionLister, ListedFunction, SeedProgress, SeedProgressStore } from './ports';

export interface ListingDependencies extends PipelineDependencies {
  readonly functions: FunctionLister;
  readonly progress: SeedProgressStore;
}

export interface ListingOptions extends PipelineOptions {
  /** How long a pass holds before the next begins. */
  readonly everyMilliseconds: number;
  /** Whether there is time for one more page. */
  readonly hasTimeLeft: () => boolean;
}

export interface ListingResult {
  readonly outcome: 'not-due' | 'finished' | 'to-be-continued';
  readonly functions: number;
  /** Functions of which no list was known before. */
  readonly seeded: number;
  /** Functions whose layers are others than those of the last call that is known. */
  readonly drifted: number;
}

const nothingDone = { functions: 0, seeded: 0, drifted: 0 };

/** Writes that are on their way at once: far below what a table takes, and a page is done within a second. */
const writesAtOnce = 10;

/**
 * Goes through all functions once a day, page by page, and gives those a baseline that have none. What was done is noted
 * after each page: a pass that is cut off continues where it was, and doing a page twice changes nothing.
 */
export async function compareFunctions(
  ports: ListingDependencies,
  options: ListingOptions,
): Promise<ListingResult> {
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
  ports: ListingDependencies,
  options: ListingOptions,
): Promise<ListingResult> {
  let progress = from;
  let done = nothingDone;
  while (options.hasTimeLeft()) {
    const page = await pageAt(progress.marker, ports);
    const { seeded, drifted } = await comparePage(page.functions, ports, options);
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
async function pageAt(marker: string | undefined, { functions }: ListingDependencies) {
  try {
    return await functions.page(marker);
  } catch (error) {
    if (!(error instanceof InvalidMarkerError) || marker === undefined) throw error;
    return functions.page(undefined);
  }
}

async function comparePage(
  functions: readonly ListedFunction[],
  dependencies: ListingDependencies,
  options: ListingOptions,
): Promise<{ readonly seeded: number; readonly drifted: number }> {
  const known = await dependencies.state.histories(functions.map(({ arn }) => arn));
  let seeded = 0;
  let drifted = 0;
  for (let first = 0; first < functions.length; first += writesAtOnce) {
    const some = functions.slice(first, first + writesAtOnce);
    const results = await Promise.all(
      some.map((listed) => compareOne(listed, known.get(listed.arn), dependencies, options)),
    );
    seeded += results.filter((result) => result === 'first').length;
    drifted += results.filter((result) => result === 'drift').length;
  }
  return { seeded, drifted };
}

/** A function that fails keeps none of the others from being compared; the next pass tries it again. */
async function compareOne(
  listed: ListedFunction,
  history: FunctionHistory | undefined,
  dependencies: ListingDependencies,
  options: ListingOptions,
): Promise<ListingVerdict['kind'] | 'failed'> {
  const { clock, observer } = dependencies;
  try {
    const verdict = compareWithListing(listed, history, clock.now().getTime());
    if (verdict.kind === 'first' || verdict.kind === 'drift')
      await insertListing(listed.arn, verdict.entry, history, dependencies, options);
    if (verdict.kind === 'drift') {
      observer.count(metric.baselineDrift);
      observer.warn('the layers of a function are not those of the last call that is known', {
        functionArn: listed.arn,
        known: history === undefined ? undefined : latestList(history),
        listed: listed.layers,
      });
    }
    return verdict.kind;
  } catch (error) {
    const details = { functionArn: listed.arn, error: errorMessage(error) };
    observer.warn('a function could not be compared with its history', details);
    return 'failed';
  }
}

/** A listing that comes between calls changes what the later ones are compared with. */
async function insertListing(
  functionArn: FunctionArn,
  entry: HistoryEntry,
  read: FunctionHistory | undefined,
  dependencies: ListingDependencies,
  options: ListingOptions,
): Promise<void> {
  const { history, outcome } = await placeEntry(functionArn, entry, read ?? emptyHistory, dependencies);
  if (outcome === 'too-old' || outcome === 'crowded') return;
  const later = await updateLaterAlerts(functionArn, { history, entry }, undefined, dependencies, options);
  await notifyLaterAlerts(later, dependencies, options);
}
