import { errorMessage } from '../../lambda/text/format';
import { escapeForDisplay } from '../../lambda/text/untrusted-text';

/** Names and codes of errors of the SDK, by what they mean to the person who ran the command. */
const meanings: readonly {
  readonly when: RegExp;
  readonly describe: (message: string) => string;
}[] = [
  {
    when: /Region is missing/,
    describe: () => 'no region set. Pass --region or set AWS_REGION.',
  },
  {
    when: /Region not accepted/,
    describe: () => 'the region is not a name of a region. Pass another --region or set AWS_REGION.',
  },
  {
    when: /ExpiredToken|RequestExpired|session .*has expired/,
    describe: () => 'the AWS credentials have expired. Sign in again, for example with aws sso login.',
  },
  {
    when: /CredentialsProviderError|TokenProviderError/,
    describe: () =>
      'no AWS credentials found. Sign in (aws sso login, aws configure) or choose another --profile.',
  },
  {
    when: /UnrecognizedClient|InvalidClientTokenId|InvalidAccessKeyId|SignatureDoesNotMatch|AuthFailure/,
    describe: (message) => `AWS does not accept the credentials: ${message}`,
  },
  {
    when: /AccessDenied|UnauthorizedOperation|NotAuthorized|AuthorizationError/,
    describe: (message) => `AWS refused: ${message} (your role lacks this permission)`,
  },
  {
    when: /ENOTFOUND|ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EAI_AGAIN|TimeoutError/,
    describe: (message) => `AWS cannot be reached from here: ${message}`,
  },
];

/** Errors that come before a request, so that they carry no metadata of one. */
const withoutRequest = /CredentialsProviderError|TokenProviderError|Region is missing|Region not accepted/;

/** Longest message of AWS that is shown, in UTF-16 units. */
const maxMessageLength = 500;

/** Whether a call to AWS failed, or could not be made. */
export function isAwsFailure(error: unknown): error is Error {
  return error instanceof Error && ('$metadata' in error || withoutRequest.test(signatureOf(error)));
}

/** One sentence without names of classes; says what to do where that is known. */
export function describeAwsFailure(error: unknown): string {
  const message = escapeForDisplay(errorMessage(error).split('\n')[0] ?? '', maxMessageLength);
  const signature = error instanceof Error ? signatureOf(error) : message;
  const known = meanings.find(({ when }) => when.test(signature));
  return known?.describe(message) ?? `AWS call failed: ${message}`;
}

function signatureOf(error: Error): string {
  const code = 'code' in error ? String(error.code) : '';
  return `${error.name} ${code} ${error.message}`;
}
