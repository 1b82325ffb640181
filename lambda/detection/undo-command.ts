import { type Argument, awsCommand } from './aws-command';

/** How a call is taken back. */
export interface Undo {
  /** Each can be pasted into a shell: it holds nothing but text of AWS's own grammar. */
  readonly commands: readonly string[];
  /** What the commands do, what is not known, or why there is no command. */
  readonly note: string;
}

/** A command where every value is of its grammar; else a sentence that says why there is none. */
export function commandOf(
  note: string,
  operation: readonly string[],
  region: string | undefined,
  values: readonly Argument[],
  rest?: string,
): Undo {
  const command = awsCommand(operation, region, values, rest);
  if (command !== undefined) return { commands: [command], note };
  return { commands: [], note: 'no command is given, because a name in the record is none that AWS allows' };
}
