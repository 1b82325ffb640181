import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { property } from '../../lambda/detection/json';
import type { DeployedStack } from './stack';

/** Invokes a deployed function with one event; answers with the error message where the function failed. */
export type InvokeFunction = (event: unknown) => Promise<string | undefined>;

/** Invokes the detector synchronously, because an event that Lambda queues has no answer. */
export function detectorInvoker(stack: DeployedStack): InvokeFunction {
  const invoke = invoker(stack, 'Detector');
  return async (event) => (await invoke(event)).failure;
}

/** Invokes the log reader with messages of its queue. It answers with the messages whose objects it could not decide. */
export function logReaderInvoker(stack: DeployedStack): InvokeFunction {
  const invoke = invoker(stack, 'LogReader');
  return async (event) => {
    const { failure, answer } = await invoke(event);
    const undecided = property(answer, 'batchItemFailures');
    if (failure !== undefined || (Array.isArray(undecided) && undecided.length === 0)) return failure;
    return "its objects could not be decided; the log reader's log has the reasons";
  };
}

interface Invoked {
  readonly failure?: string;
  readonly answer?: unknown;
}

function invoker(stack: DeployedStack, logicalId: string): (event: unknown) => Promise<Invoked> {
  const FunctionName = stack.physicalId('AWS::Lambda::Function', logicalId);
  const client = new LambdaClient({});
  return async (event) => {
    const Payload = new TextEncoder().encode(JSON.stringify(event));
    const { FunctionError, Payload: written } = await client.send(
      new InvokeCommand({ FunctionName, Payload }),
    );
    const answer: unknown = JSON.parse(new TextDecoder().decode(written) || 'null');
    if (FunctionError === undefined) return { answer };
    return { failure: (answer as { readonly errorMessage?: string } | null)?.errorMessage ?? FunctionError };
  };
}
