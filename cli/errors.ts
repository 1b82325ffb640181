/** A use of the command line that cannot work, in words for whoever typed it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What was asked was understood and is not done, because of what was found; says what to do instead. */
export class NotDoneError extends Error {
  override readonly name = 'NotDoneError';
}
