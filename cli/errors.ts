import { LayerwatchError } from '../lambda/errors';

/** A use of the command line that cannot work, in words for whoever typed it. */
export class UsageError extends LayerwatchError {
  override readonly name = 'UsageError';
  readonly code = 'Usage';
}

/** What was asked was understood and is not done, because of what was found; says what to do instead. */
export class NotDoneError extends LayerwatchError {
  override readonly name: string = 'NotDoneError';
  readonly code: string = 'NotDone';
}
