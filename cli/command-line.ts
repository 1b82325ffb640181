import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { SettingsError } from '../config/schema';
import { alertsCommand } from './commands/alerts/command';
import { completionCommand } from './commands/completion/command';
import { doctorCommand } from './commands/doctor/command';
import { explainCommand } from './commands/explain/command';
import { redriveCommand } from './commands/redrive/command';
import { replayCommand } from './commands/replay/command';
import { reportCommand } from './commands/report/command';
import { restoreCommand } from './commands/restore/command';
import { selftestCommand } from './commands/selftest/command';
import { showCommand, triageCommands } from './commands/triage/commands';
import { type ExitCode, exitCode } from './exit-code';

/** In the order of the help: on the logs, on the alerts, on the stack. */
const commands = [
  replayCommand,
  explainCommand,
  alertsCommand,
  showCommand,
  ...triageCommands,
  restoreCommand,
  reportCommand,
  doctorCommand,
  selftestCommand,
  redriveCommand,
  completionCommand,
];

const examples = `
Examples:
  layerwatch replay ./AWSLogs          what would have been told, from logs on this machine
  layerwatch doctor                    whether a layer change would be seen and told
  layerwatch alerts --status open      what waits for a decision

Each command has its own --help. Exit codes: 0 done, 1 not done or not whole, 2 wrong use, 3 AWS refused.`;

/** Of the checkout, or of the package in which this was compiled one folder further down. */
function version(): string {
  const file = ['..', join('..', '..')]
    .map((folder) => join(__dirname, folder, 'package.json'))
    .find((each) => existsSync(each));
  if (file === undefined) return 'unknown';
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version;
}

/** The command line with all its commands; `finish` is told the exit code of the one that runs. */
export function buildProgram(finish: (code: ExitCode) => void): Command {
  const program = new Command('layerwatch')
    .description('Tells that somebody put a layer on one of your AWS Lambda functions.')
    .version(version(), '-V, --version', 'print the version')
    .addHelpText('after', examples)
    .showHelpAfterError('Run with --help for the options.')
    .exitOverride();
  for (const command of commands) program.addCommand(command(finish));
  return program;
}

/** Runs the command line and answers with the process's exit code; prints a sentence, never a stack trace, on failure. */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  let result: ExitCode = exitCode.done;
  const program = buildProgram((code) => {
    result = code;
  });
  try {
    await program.parseAsync([...argv]);
    return result;
  } catch (error) {
    return reportError(error);
  }
}

function reportError(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.done : exitCode.wrongUse;
  if (error instanceof SettingsError) {
    const lines = error.problems.map((problem) => `  - ${problem.text}`);
    process.stderr.write(`The configuration is refused:\n${lines.join('\n')}\n`);
    return exitCode.wrongUse;
  }
  process.stderr.write(`layerwatch: ${error instanceof Error ? error.message : String(error)}\n`);
  return exitCode.wrongUse;
}
