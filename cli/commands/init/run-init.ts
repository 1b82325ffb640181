import { configurationFileName } from '../../../config/file';
import { parseSettings } from '../../../config/schema';
import { factorIds } from '../../../lambda/detection/risk';
import { escapeForDisplay } from '../../../lambda/text/untrusted-text';
import { NotDoneError, UsageError } from '../../errors';
import { type ExitCode, exitCode } from '../../exit-code';
import type { AwsOptions } from '../../options';
import { confirm, isTerminal } from '../../output/ask';
import { writeLine } from '../../output/write-line';
import { answerTo, type Configuration, settings, withoutAbsent } from './answers';
import { changeLines, openConfigurationFile, writeConfigurationFile } from './configuration-file';
import { withDeployers } from './deployers';
import { nextCommands } from './next-commands';
import type { InitOptions } from './options';
import { askForDeployers, askForSetting, nothingWritten } from './questions';

/** Longest line of the file that is shown, in UTF-16 units. */
const maxLineLength = 2_000;

export async function run(options: InitOptions & AwsOptions): Promise<ExitCode> {
  const isAsking = options.yes !== true;
  if (isAsking && !isTerminal())
    throw new UsageError('there is no terminal to ask on; pass --yes, and the answers as options');
  const today = new Date().toISOString().slice(0, 10);
  const file = openConfigurationFile(process.cwd(), options.config);
  const before = file.before ?? {};
  refuseInvalid(before, today);
  const given = { ...before, ...answersOf(options, before, today) };
  const answered = isAsking ? { ...given, ...(await askForRest(given, options, today)) } : given;
  const next = withoutAbsent(answered);
  refuseInvalid(next, today);
  await write(file, next, options);
  if (next['email'] === undefined && next['slack'] === undefined)
    process.stderr.write('warning: without email and slack nobody is notified; alerts are only stored\n');
  for (const line of nextCommands(file.name === configurationFileName ? undefined : file.name, options))
    await writeLine(process.stdout, line);
  return exitCode.done;
}

/** @throws {SettingsError} with what the deployment would refuse */
function refuseInvalid(configuration: Configuration, today: string): void {
  parseSettings(configuration, today, { knownFactors: factorIds });
}

/** What the options answer. */
function answersOf(options: InitOptions, before: Configuration, today: string): Configuration {
  const lines = settings.flatMap((setting) => {
    const line = options[setting.key];
    return line === undefined ? [] : [answerTo(setting, line.trim(), today)];
  });
  const deployers =
    options.deployer === undefined ? {} : withDeployers(before['deployers'], options.deployer, today);
  return Object.assign({}, ...lines, deployers) as Configuration;
}

async function askForRest(known: Configuration, options: InitOptions, today: string): Promise<Configuration> {
  const answers: Configuration[] = [];
  process.stderr.write(
    'Enter keeps what stands in brackets; "none" leaves it out. Ctrl-C ends, and writes nothing.\n\n',
  );
  for (const setting of settings)
    if (options[setting.key] === undefined) answers.push(await askForSetting(setting, known, today));
  if (options.deployer === undefined) answers.push(await askForDeployers(known, today));
  return Object.assign({}, ...answers) as Configuration;
}

/** Shows what is new, and writes it. A file that exists is changed after a yes, or with `--force`. */
async function write(
  file: ReturnType<typeof openConfigurationFile>,
  next: Configuration,
  options: InitOptions,
): Promise<void> {
  const name = escapeForDisplay(file.name);
  const lines = changeLines(file.before, next);
  if (file.before !== undefined && lines.length === 0)
    return void process.stderr.write(`${name} says all of this already; nothing was written\n`);
  await writeLine(process.stdout, `${name}${file.before === undefined ? '' : ', what changes'}:`);
  for (const line of lines) await writeLine(process.stdout, escapeForDisplay(line, maxLineLength));
  const isAgreed =
    options.force === true ||
    (options.yes === true ? file.before === undefined : await confirm(`Write ${name}?`, nothingWritten));
  if (!isAgreed)
    throw new NotDoneError(
      options.yes === true ? `${name} exists; pass --force to change it` : `${name} was not written`,
    );
  writeConfigurationFile(file, next);
  process.stderr.write(`wrote ${name}\n`);
}
