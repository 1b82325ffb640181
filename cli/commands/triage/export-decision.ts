import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { exportersOf } from '../../../lambda/aws/exporters';
import type { FindingDocument } from '../../../lambda/detection/finding-document';
import { escapeForDisplay } from '../../../lambda/text/untrusted-text';
import type { DeployedAlerts } from '../../aws/deployed-alerts';

const handOnMilliseconds = 10_000;

/**
 * Tells Security Hub and the event bus of a decision, where the stack hands findings on. What is not taken is said; the decision
 * stands.
 */
export async function exportDecision(
  document: FindingDocument,
  { stack, client, region }: DeployedAlerts,
): Promise<void> {
  const { disposition, status } = document.layerwatch;
  if (disposition !== 'notify' && disposition !== 'withhold') return;
  const clock = { now: () => new Date() };
  try {
    const FunctionName = stack.physicalId('AWS::Lambda::Function', 'Detector');
    const { Environment } = await new LambdaClient({}).send(
      new GetFunctionConfigurationCommand({ FunctionName }),
    );
    const signal = AbortSignal.timeout(handOnMilliseconds);
    for (const exporter of exportersOf(Environment?.Variables ?? {}, client, region, clock))
      await exporter.export(document, status === 'closed' ? 'close' : 'update', signal);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`the decision is kept, and could not be handed on: ${escapeForDisplay(reason)}\n`);
  }
}
