import type { Call } from '../detection/call';
import type { Change } from '../detection/change';
import type { FindingContext } from '../detection/context-document';
import type { UnavailableStep } from '../detection/finding-document';
import type { CloudTrailRecord } from '../detection/record';
import type { StateSnapshot } from '../detection/state-query';
import { errorMessage } from '../text/format';

/** What a step may look at beyond the record: what the call did, and what is remembered. */
export interface ChangeSubject {
  readonly record: CloudTrailRecord;
  readonly call: Call;
  readonly change: Change;
  /** What the record alone says. */
  readonly context: FindingContext;
  readonly snapshot: StateSnapshot;
  /** Aborted shortly before the end of the time that all steps share. */
  readonly signal: AbortSignal;
}

/** The account and region of the call, by whose permissions more is asked. */
export function placeOf({ record }: ChangeSubject) {
  return { account: record.recipientAccountId, region: record.region };
}

/** Adds one part of a finding's context. It may fail or hang: the alert goes out without it. */
export interface Step<Subject> {
  readonly name: string;
  readonly run: (subject: Subject) => Promise<FindingContext> | FindingContext;
}

/** A step that needs the record alone. */
export type ContextStep = Step<CloudTrailRecord>;

/** A step that needs to know the change, or looks beyond the record. */
export type ChangeStep = Step<ChangeSubject>;

export interface GatheredContext {
  readonly context: FindingContext;
  readonly unavailable: readonly UnavailableStep[];
}

/** Runs all steps at once and waits for `budgetMilliseconds` at most; never rejects. */
export async function gatherContext<Subject>(
  steps: readonly Step<Subject>[],
  subject: Subject,
  budgetMilliseconds: number,
): Promise<GatheredContext> {
  const results = await Promise.all(steps.map((step) => runStep(step, subject, budgetMilliseconds)));
  return {
    context: Object.assign({}, ...results.map((result) => result.context)),
    unavailable: results.flatMap((result) => result.unavailable),
  };
}

async function runStep<Subject>(
  step: Step<Subject>,
  subject: Subject,
  budgetMilliseconds: number,
): Promise<GatheredContext> {
  try {
    const answer = step.run(subject);
    const context = answer instanceof Promise ? await within(budgetMilliseconds, answer) : answer;
    return { context, unavailable: [] };
  } catch (error) {
    return { context: {}, unavailable: [{ step: step.name, reason: errorMessage(error) }] };
  }
}

async function within<T>(milliseconds: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
