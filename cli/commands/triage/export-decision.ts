import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { exportersOf } from '../../../lambda/aws/exporters';
import type { StoredAlert } from '../../../lambda/detection/alert';
import { systemClock } from '../../../lambda/handlers/environment';
import { exportFinding } from '../../../lambda/pipeline/export-finding';
import type { Observer } from '../../../lambda/ports';
import { errorMessage } from '../../../lambda/text/format';
import { escapeForDisplay } from '../../../lambda/text/untrusted-text';
import type { DeployedAlerts } from '../../aws/deployed-alerts';

/**
 * Exports a decision to Security Hub and to the event bus, where the stack exports its findings. What fails is printed, and the sweep
 * tries it again. The decision stands.
 */
export async function exportDecision(
  alert: StoredAlert,
  { stack, client, region, alerts }: DeployedAlerts,
): Promise<void> {
  if (alert.exported.size === 0) return;
  try {
    const FunctionName = stack.physicalId('AWS::Lambda::Function', 'Detector');
    const { Environment } = await new LambdaClient({}).send(
      new GetFunctionConfigurationCommand({ FunctionName }),
    );
    const exporters = exportersOf(Environment?.Variables ?? {}, client, region, systemClock);
    await exportFinding(alert, { alerts, exporters, clock: systemClock, observer: onStderr });
  } catch (error) {
    printFailure(errorMessage(error));
  }
}

const onStderr: Observer = {
  info() {},
  count() {},
  milliseconds() {},
  warn: (_, { error }) => printFailure(String(error)),
};

function printFailure(reason: string): void {
  process.stderr.write(
    `the decision is stored, and not exported yet (the sweep tries again): ${escapeForDisplay(reason)}\n`,
  );
}
