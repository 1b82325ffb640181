import type { ExportResult } from '../detection/alert-exports';
import { property, text } from '../detection/json';
import { ExportCallError } from '../errors';
import { errorMessage } from '../text/format';
import { parsedJson, refusalOf, type SignedClient, type SignedRequest } from './signed-client';

/** Names that AWS's services give to calls above a limit. */
const throttled =
  /^(?:Throttl\w*|TooManyRequests\w*|RequestLimitExceeded\w*|LimitExceeded\w*|SlowDown|status 429)$/;

/** Names of errors whose cause is in the body of the call. */
const content =
  /^(?:Validation\w*|InvalidInput\w*|InvalidParameter\w*|Serialization\w*|RequestEntityTooLarge\w*|status 4(?:00|13))$/;

/**
 * The parsed answer to a call that exports findings.
 *
 * @throws {ExportCallError} where the service refused the call, or did not answer
 */
export async function callExport(client: SignedClient, request: SignedRequest): Promise<unknown> {
  const { response, body } = await answered(client, request);
  if (response.ok) return parsedJson(body);
  const { name, text } = refusalOf(response, body);
  throw new ExportCallError(text, kindOf(name, response.status));
}

async function answered(
  client: SignedClient,
  request: SignedRequest,
): Promise<{ readonly response: Response; readonly body: string }> {
  try {
    const response = await client.send(request);
    return { response, body: await response.text() };
  } catch (error) {
    throw new ExportCallError(errorMessage(error), 'unavailable', { cause: error });
  }
}

function kindOf(name: string, status: number): ExportCallError['kind'] {
  if (status === 429 || throttled.test(name)) return 'throttled';
  return content.test(name) ? 'content' : 'unavailable';
}

/** The result of one finding that a service names in its answer, with a code and a message. */
export function refusedBecause(failure: unknown): ExportResult {
  const code = text(property(failure, 'ErrorCode'));
  const message = text(property(failure, 'ErrorMessage'));
  const said = [code, message].filter((part) => part !== undefined).join(', ');
  const outcome = code !== undefined && throttled.test(code) ? 'throttled' : 'refused';
  return { outcome, reason: said === '' ? 'refused without a reason' : said };
}
