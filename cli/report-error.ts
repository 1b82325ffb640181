import { CommanderError } from 'commander';
import { SettingsError } from '../config/problems';
import { LayerwatchError } from '../lambda/errors';
import { errorMessage } from '../lambda/text/format';
import { escapeForDisplay } from '../lambda/text/untrusted-text';
import { describeAwsFailure, isAwsFailure } from './aws/describe-failure';
import { type ExitCode, exitCode } from './exit-code';

/** Exit codes of the errors of Layerwatch, by their code. Every other one means that the request was not done. */
const exitCodes: ReadonlyMap<string, ExitCode> = new Map([
  ['Usage', exitCode.wrongUse],
  ['AwsFailure', exitCode.awsError],
  ['Cancelled', exitCode.cancelled],
]);

/** Longest message that is shown, in UTF-16 units. It may quote what the person typed. */
const maxMessageLength = 2_000;

/** Prints one sentence about a failure, never a stack trace, and answers with the exit code that it means. */
export function reportError(error: unknown): ExitCode {
  // Commander has printed the sentence.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.done : exitCode.wrongUse;
  if (error instanceof SettingsError) return reportSettings(error);
  if (error instanceof LayerwatchError) return reportOwn(error);
  if (isAwsFailure(error)) return print(describeAwsFailure(error), exitCode.awsError);
  return print(errorMessage(error), exitCode.wrongUse);
}

function reportOwn(error: LayerwatchError): ExitCode {
  if (error.code === 'OutputClosed') return reportClosedOutput(error.cause);
  return print(error.message, exitCodes.get(error.code) ?? exitCode.notDone);
}

/** A reader that has read enough, such as `head`, is no failure. A disk that is full is one. */
function reportClosedOutput(cause: unknown): ExitCode {
  const isFailure = cause instanceof Error && 'code' in cause && cause.code !== 'EPIPE';
  return isFailure
    ? print(`the output cannot be written: ${cause.message}`, exitCode.notDone)
    : exitCode.done;
}

function reportSettings({ problems }: SettingsError): ExitCode {
  const lines = problems.map(({ text }) => `  - ${escapeForDisplay(text, maxMessageLength)}`);
  process.stderr.write(`error: the configuration is not valid:\n${lines.join('\n')}\n`);
  return exitCode.wrongUse;
}

function print(message: string, code: ExitCode): ExitCode {
  process.stderr.write(`error: ${escapeForDisplay(message, maxMessageLength)}\n`);
  return code;
}
