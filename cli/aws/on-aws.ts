import { escapeForDisplay } from '../../lambda/text/untrusted-text';
import { NotDoneError, UsageError } from '../errors';
import { type ExitCode, exitCode } from '../exit-code';
import { OutputClosedError } from '../output/write-line';
import type { AwsOptions } from './options';

/** What to do, by the name of an error of the SDK's search for credentials and region. */
const advices: readonly { readonly when: RegExp; readonly advice: string }[] = [
  {
    when: /CredentialsProviderError|TokenProviderError|ExpiredToken/,
    advice: 'sign in (aws sso login, aws configure) or choose another --profile',
  },
  { when: /Region is missing/, advice: 'pass --region or set AWS_REGION' },
  { when: /AccessDenied|UnauthorizedOperation|NotAuthorized/, advice: 'your role lacks this permission' },
  { when: /ENOTFOUND|ECONNREFUSED|TimeoutError|EAI_AGAIN/, advice: 'AWS cannot be reached from here' },
];

/** Runs what talks to AWS. A failure becomes one sentence and an exit code, never a stack trace. */
export async function runAwsCommand(
  options: Pick<AwsOptions, 'profile' | 'region'>,
  work: () => Promise<ExitCode>,
): Promise<ExitCode> {
  if (options.profile !== undefined) process.env['AWS_PROFILE'] = options.profile;
  if (options.region !== undefined) process.env['AWS_REGION'] = options.region;
  // How long AWS supports a Node version is no answer to whoever asks for alerts.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  try {
    return await work();
  } catch (error) {
    if (error instanceof OutputClosedError) return exitCode.done;
    if (error instanceof UsageError) throw error;
    if (error instanceof NotDoneError) {
      process.stderr.write(`layerwatch: ${error.message}\n`);
      return exitCode.notDone;
    }
    process.stderr.write(`AWS refused: ${describeRefusal(error)}\n`);
    return exitCode.awsError;
  }
}

/** Name and message of an error of AWS, and what to do about it where that is known. */
export function describeRefusal(error: unknown): string {
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const advice = advices.find(({ when }) => when.test(reason))?.advice;
  return `${escapeForDisplay(reason, 500)}${advice === undefined ? '' : ` (${advice})`}`;
}
