import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { DeployedStack } from './stack';

/** Hands one event to the deployed detector; the reason where it failed. */
export type HandToDetector = (event: unknown) => Promise<string | undefined>;

/** Waits for the answer, which an event that Lambda queues does not give. */
export function detectorOf(stack: DeployedStack): HandToDetector {
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
