import { LayerwatchError } from '../lambda/errors';

/** The command line was used in a way that cannot work. The message says what is allowed. */
export class UsageError extends LayerwatchError {
  override readonly name = 'UsageError';
  readonly code = 'Usage';
}

/** The request was understood and is not done because of what was found. The message says what to do instead. */
export class NotDoneError extends LayerwatchError {
  override readonly name: string = 'NotDoneError';
  readonly code: string = 'NotDone';
}

/** A call to AWS failed for a reason that the message explains. */
export class AwsFailureError extends LayerwatchError {
  override readonly name = 'AwsFailureError';
  readonly code = 'AwsFailure';
}

/** The person pressed Ctrl-C at a question. */
export class CancelledError extends LayerwatchError {
  override readonly name = 'CancelledError';
  readonly code = 'Cancelled';
}

/** The reader of the output is gone, as `head` is after its last line. */
export class OutputClosedError extends LayerwatchError {
  override readonly name = 'OutputClosedError';
  readonly code = 'OutputClosed';
}
