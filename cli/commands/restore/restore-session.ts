import type { TriageAction } from '../../../lambda/detection/triage';
import type { LambdaControl } from '../../aws/lambda-control';
import { NotDoneError } from '../../errors';

/** The result of a restore. */
export interface Restored {
  readonly action: Extract<TriageAction, 'restore' | 'delete-layer'>;
  readonly outcome: string;
  /** Whether AWS was asked to change something. */
  readonly wasTried: boolean;
}

/** How a restore prints, asks and acts. */
export interface RestoreSession {
  readonly lambda: Pick<
    LambdaControl,
    'read' | 'presenceOf' | 'setLayers' | 'waitUntilUpdated' | 'usersOf' | 'deleteLayerVersion'
  >;
  readonly dryRun: boolean;
  readonly print: (line: string) => Promise<void>;
  /** @throws {NotDoneError} where the answer is no */
  readonly confirm: (question: string) => Promise<void>;
}

/** AWS was asked to change something, and the result is not the one that was wanted. */
export class FailedAttemptError extends NotDoneError {
  override readonly name = 'FailedAttemptError';
  override readonly code = 'FailedAttempt';

  constructor(
    readonly action: Restored['action'],
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
