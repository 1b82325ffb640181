import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { exportersOf } from '../../../lambda/aws/exporters';
import type { FindingDocument } from '../../../lambda/detection/finding-document';
import { escapeForDisplay } from '../../../lambda/text/untrusted-text';
import type { DeployedAlerts } from '../../aws/deployed-alerts';
import { errorMessage } from '../../output/format';

const exportTimeoutMilliseconds = 10_000;

/**
 * Sends a decision to Security Hub and to the event bus, where the stack exports its findings. The decision stands where that fails;
 * the failure is printed.
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
    const signal = AbortSignal.timeout(exportTimeoutMilliseconds);
    for (const exporter of exportersOf(Environment?.Variables ?? {}, client, region, clock))
      await exporter.export(document, status === 'closed' ? 'close' : 'update', signal);
  } catch (error) {
    process.stderr.write(
      `the decision is stored, and could not be exported: ${escapeForDisplay(errorMessage(error))}\n`,
    );
  }
}
