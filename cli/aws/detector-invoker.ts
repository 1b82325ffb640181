import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { DeployedStack } from './stack';

/** Invokes the deployed detector with one event; answers with the error message where the detector failed. */
export type InvokeDetector = (event: unknown) => Promise<string | undefined>;

/** Invokes it synchronously, because an event that Lambda queues has no answer. */
export function detectorInvoker(stack: DeployedStack): InvokeDetector {
  const FunctionName = stack.physicalId('AWS::Lambda::Function', 'Detector');
  const client = new LambdaClient({});
  return async (event) => {
    const Payload = new TextEncoder().encode(JSON.stringify(event));
    const answer = await client.send(new InvokeCommand({ FunctionName, Payload }));
    if (answer.FunctionError === undefined) return undefined;
    const report = JSON.parse(new TextDecoder().decode(answer.Payload)) as { readonly errorMessage?: string };
    return report.errorMessage ?? answer.FunctionError;
  };
}
