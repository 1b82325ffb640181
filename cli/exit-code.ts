/** Exit codes of every command. */
export const exitCode = {
  done: 0,
  /** Done, but some input could not be read; each piece is named on stderr. */
  unreadableInput: 1,
  /** Not done, or a check failed: what was found speaks against it, and stderr says what to do. */
  notDone: 1,
  wrongUse: 2,
  awsError: 3,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
