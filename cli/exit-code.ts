/** Exit codes of every command. */
export const exitCode = {
  done: 0,
  /** Done, but some input could not be read. Each piece is named on stderr. */
  unreadableInput: 1,
  /** Not done, or a check failed. Stderr says what to do. */
  notDone: 1,
  wrongUse: 2,
  awsError: 3,
  /** 128 + 2, the number of SIGINT, as shells count it. */
  cancelled: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
