import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { alertsCommand } from './commands/alerts/command';
import { completionCommand } from './commands/completion/command';
import { doctorCommand } from './commands/doctor/command';
import { explainCommand } from './commands/explain/command';
import { initCommand } from './commands/init/command';
import { learnCommand } from './commands/learn/command';
import { openCommand } from './commands/open/command';
import { redriveCommand } from './commands/redrive/command';
import { replayCommand } from './commands/replay/command';
import { reportCommand } from './commands/report/command';
import { restoreCommand } from './commands/restore/command';
import { selftestCommand } from './commands/selftest/command';
import { assignCommand, showCommand, triageCommands } from './commands/triage/command';
import { whereCommand } from './commands/where/command';
import { addSections } from './define-command';
import { type ExitCode, exitCode } from './exit-code';
import { ignoreClosedOutput } from './output/write-line';
import { reportError } from './report-error';

/** In the order of the help: to begin, on logs, on alerts, on the stack. */
const commands = [
  initCommand,
  learnCommand,
  replayCommand,
  explainCommand,
  alertsCommand,
  showCommand,
  openCommand,
  ...triageCommands,
  assignCommand,
  whereCommand,
  restoreCommand,
  reportCommand,
  doctorCommand,
  selftestCommand,
  redriveCommand,
  completionCommand,
];

const sections = {
  examples: [
    ['layerwatch replay ./AWSLogs', 'the alerts that logs on this machine would have made'],
    ['layerwatch doctor', 'whether a layer change would be seen and notified'],
    ['layerwatch alerts --status open', 'the alerts that wait for a decision'],
  ],
  notes: 'Each command has its own --help.',
  exitCodes: { 0: 'done', 1: 'not done, or not whole' },
} as const;

/** The version in the package.json of the checkout, or of the package, where this file is compiled one folder deeper. */
function version(): string {
  const file = ['..', join('..', '..')]
    .map((folder) => join(__dirname, folder, 'package.json'))
    .find((each) => existsSync(each));
  if (file === undefined) return 'unknown';
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version;
}

/** The command line with all its commands; `finish` receives the exit code of the one that runs. */
export function buildProgram(finish: (code: ExitCode) => void): Command {
  const program = new Command('layerwatch')
    .description('Detects layers that are added to AWS Lambda functions.')
    .version(version(), '-V, --version', 'print the version')
    .showHelpAfterError('Run with --help for the options.')
    .exitOverride();
  addSections(program, sections, true);
  for (const define of commands) program.addCommand(define(finish));
  return program;
}

/** Runs the command line and answers with the exit code of the process. */
export async function runCommandLine(argv: readonly string[]): Promise<ExitCode> {
  let result: ExitCode = exitCode.done;
  const program = buildProgram((code) => {
    result = code;
  });
  ignoreClosedOutput(process.stdout);
  try {
    await program.parseAsync(withoutHelpOnNothing(argv, program));
    return result;
  } catch (error) {
    return reportError(error);
  }
}

/** Commander answers `help` on an unknown command with the whole help; the name alone is refused, with the nearest command. */
function withoutHelpOnNothing(argv: readonly string[], { commands }: Command): string[] {
  const [node = '', script = '', first, name, ...others] = argv;
  const isUnknown = name !== undefined && !commands.some((command) => command.name() === name);
  return first === 'help' && isUnknown ? [node, script, name, ...others] : [...argv];
}
