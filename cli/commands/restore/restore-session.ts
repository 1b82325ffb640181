import type { TriageAction } from '../../../lambda/detection/triage';
import type { LambdaControl } from '../../aws/lambda-control';
import { NotDoneError } from '../../errors';

/** What came of it. */
export interface Restored {
  readonly action: Extract<TriageAction, 'restore' | 'delete-layer'>;
  readonly outcome: string;
  /** Whether AWS was changed, or was meant to be. */
  readonly wasTried: boolean;
}

/** How the two ways of taking back ask, tell and act. */
export interface RestoreSession {
  readonly lambda: LambdaControl;
  readonly dryRun: boolean;
  readonly tell: (line: string) => Promise<void>;
  /** @throws {NotDoneError} where the answer is no */
  readonly ask: (question: string) => Promise<void>;
}

/** AWS was asked to change something, and it did not come out as it should. */
export class FailedAttemptError extends NotDoneError {
  override readonly name = 'FailedAttemptError';
  override readonly code = 'FailedAttempt';

  constructor(
    readonly action: Restored['action'],
    message: string,
  ) {
    super(message);
  }
}
