import { Command, Help } from 'commander';
import { useAwsOptions } from './aws/session';
import type { ExitCode } from './exit-code';
import {
  type AnyArgument,
  type AnyOption,
  type ArgumentValues,
  type AwsOptions,
  awsOptions,
  type OptionValues,
} from './options';

/** A command line, and what it is for. */
export type Example = readonly [command: string, purpose?: string];

/** The meaning of exit codes; every command adds 2, and 3 where it calls AWS. */
export type ExitCodeMeanings = Readonly<Partial<Record<ExitCode, string>>>;

/** What commander hands to a handler: the arguments, the options, the command itself. */
type HandlerInput<
  Arguments extends readonly AnyArgument[],
  Options extends readonly AnyOption[],
  CallsAws extends boolean,
> = [
  ...ArgumentValues<Arguments>,
  OptionValues<Options> & (CallsAws extends true ? AwsOptions : object),
  Command,
];

/** One command, declared as data. Help, completion, parsing and the types of the handler follow from it. */
export interface CommandDeclaration<
  Arguments extends readonly AnyArgument[],
  Options extends readonly AnyOption[],
  CallsAws extends boolean,
> {
  readonly name: string;
  readonly description: string;
  /** Constants of their own, as `options` too: within a declaration the compiler does not infer the types of their values. */
  readonly arguments?: Arguments;
  readonly options?: Options;
  /** Whether it calls AWS: it then also has `--stack`, `--profile` and `--region`. */
  readonly callsAws?: CallsAws;
  readonly examples: readonly Example[];
  /** What the help says below the examples. */
  readonly notes?: string;
  readonly exitCodes: ExitCodeMeanings;
  /**
   * Loads the handler, when the command runs and not before: the clients of AWS take longer to load than a replay of small logs.
   * `require`, because the hook by which a checkout runs its sources does not see `import()` in Node 20.
   */
  readonly load: () => {
    readonly run: (...input: HandlerInput<Arguments, Options, CallsAws>) => Promise<ExitCode>;
  };
}

/** A command that can be added to a program. `finish` receives the exit code of the one that runs. */
export type DefinedCommand = (finish: (code: ExitCode) => void) => Command;

export function defineCommand<
  const Arguments extends readonly AnyArgument[] = [],
  const Options extends readonly AnyOption[] = [],
  const CallsAws extends boolean = false,
>(declaration: CommandDeclaration<Arguments, Options, CallsAws>): DefinedCommand {
  const { name, description, options = [], callsAws = false } = declaration;
  return (finish) => {
    const command = new Command(name).description(description).exitOverride();
    addSections(command, declaration, callsAws);
    for (const argument of declaration.arguments ?? []) command.addArgument(argument);
    for (const option of [...options, ...(callsAws ? awsOptions : [])]) command.addOption(option);
    return command.action(async (...input: HandlerInput<Arguments, Options, CallsAws>) => {
      if (callsAws) await useAwsOptions(command.opts());
      finish(await declaration.load().run(...input));
    });
  };
}

/** What a help ends with. */
interface Sections {
  readonly examples: readonly Example[];
  readonly notes?: string;
  readonly exitCodes: ExitCodeMeanings;
}

/** Ends the help of a command with examples, notes and exit codes. */
export function addSections(command: Command, sections: Sections, callsAws: boolean): void {
  const { examples, notes, exitCodes } = sections;
  const meanings = { ...exitCodes, 2: 'wrong use', ...(callsAws ? { 3: 'AWS call failed' } : {}) };
  command.configureHelp({
    formatHelp: (shown, helper) => {
      const wrapped = (text: string) => helper.boxWrap(text, helper.helpWidth ?? 80);
      const parts = [
        `Examples:\n${exampleLines(examples).join('\n')}`,
        ...(notes === undefined ? [] : [wrapped(notes)]),
        wrapped(
          `Exit codes: ${Object.entries(meanings)
            .map((pair) => pair.join(' '))
            .join(', ')}.`,
        ),
      ];
      return `${new Help().formatHelp(shown, helper)}\n${parts.join('\n\n')}\n`;
    },
  });
}

/** Two columns; a command without a purpose may be longer than the first. */
function exampleLines(examples: readonly Example[]): readonly string[] {
  const explained = examples.filter(([, purpose]) => purpose !== undefined);
  const width = Math.max(0, ...explained.map(([command]) => command.length));
  return examples.map(([command, purpose = '']) => `  ${command.padEnd(width)}  ${purpose}`.trimEnd());
}
