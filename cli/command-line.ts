import { Command, CommanderError } from 'commander';
import { SettingsError } from '../lambda/detection/settings-schema';
import { alertsCommand } from './alerts/command';
import { completionCommand } from './completion/command';
import { doctorCommand } from './doctor/command';
import { type ExitCode, exitCode } from './exit-code';
import { explainCommand } from './explain/command';
import { redriveCommand } from './redrive/command';
import { replayCommand } from './replay/command';
import { reportCommand } from './report/command';
import { restoreCommand } from './restore/command';
import { selftestCommand } from './selftest/command';
import { showCommand, triageCommands } from './triage/commands';

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

/** The command line with all its commands; `finish` is told the exit code of the one that runs. */
export function programOf(finish: (code: ExitCode) => void): Command {
  const program = new Command('layerwatch')
    .description('Tells that somebody put a layer on one of your AWS Lambda functions.')
    .showHelpAfterError('Run with --help for the options.')
    .exitOverride();
  for (const command of commands) program.addCommand(command(finish));
  return program;
}

/** Runs the command line and answers with the process's exit code; prints a sentence, never a stack trace, on failure. */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  let result: ExitCode = exitCode.done;
  const program = programOf((code) => {
    result = code;
  });
  try {
    await program.parseAsync([...argv]);
    return result;
  } catch (error) {
    return tell(error);
  }
}

function tell(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.done : exitCode.wrongUse;
  if (error instanceof SettingsError) {
    const lines = error.problems.map((problem) => `  - ${problem.text}`);
    process.stderr.write(`The configuration is refused:\n${lines.join('\n')}\n`);
    return exitCode.wrongUse;
  }
  process.stderr.write(`layerwatch: ${error instanceof Error ? error.message : String(error)}\n`);
  return exitCode.wrongUse;
}
