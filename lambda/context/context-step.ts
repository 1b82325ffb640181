import type { FindingContext, UnavailableStep } from '../detection/finding-document';
import type { CloudTrailRecord } from '../detection/record';

/** Adds one part of a finding's context. It may fail or hang: the alert goes out without it. */
export interface ContextStep {
  readonly name: string;
  readonly run: (record: CloudTrailRecord) => Promise<FindingContext> | FindingContext;
}

export interface GatheredContext {
  readonly context: FindingContext;
  readonly unavailable: readonly UnavailableStep[];
}

/** Runs all steps at once and waits for `budgetMilliseconds` at most; never rejects. */
export async function gatherContext(
  steps: readonly ContextStep[],
  record: CloudTrailRecord,
  budgetMilliseconds: number,
): Promise<GatheredContext> {
  const results = await Promise.all(steps.map((step) => runStep(step, record, budgetMilliseconds)));
  return {
    context: Object.assign({}, ...results.map((result) => result.context)),
    unavailable: results.flatMap((result) => result.unavailable),
  };
}

async function runStep(
  step: ContextStep,
  record: CloudTrailRecord,
  budgetMilliseconds: number,
): Promise<GatheredContext> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`no answer within ${budgetMilliseconds} ms`)),
      budgetMilliseconds,
    );
  });
  try {
    return { context: await Promise.race([start(step, record), late]), unavailable: [] };
  } catch (error) {
    return { context: {}, unavailable: [{ step: step.name, reason: reasonOf(error) }] };
  } finally {
    clearTimeout(timer);
  }
}

/** A step that throws at once fails like one that rejects. */
async function start(step: ContextStep, record: CloudTrailRecord): Promise<FindingContext> {
  return step.run(record);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
