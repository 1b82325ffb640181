import { stackName } from '../../lambda/contract';
import { startEmulatedAccount, trail } from '../../scripts/cloud/emulated-account';
import { publishForeignLayer } from '../../scripts/cloud/foreign-layer';
import type { CloudAdapter } from './cloud';

/** The region in which CloudTrail records the calls of IAM, so that tampering with roles can be seen. */
const region = 'us-east-1';

/** An account in the emulator, for as long as a test file runs. */
export async function startEmulatedCloud(): Promise<CloudAdapter> {
  const emulator = await startEmulatedAccount({ port: 0, region });
  let foreign: Promise<string> | undefined;
  return {
    account: emulator.account,
    region,
    environment: { ...emulator.environment(), HOME: emulator.folder },
    prefix: 'story-',
    messageMilliseconds: 60_000,
    quietMilliseconds: 1_500,
    scheduleMilliseconds: 60_000,
    hurrySchedules: async () => void (await emulator.control({ scheduleSeconds: 15 })),
    accessKeyMilliseconds: 0,
    trail: trail.name,
    logs: `s3://${trail.bucket}/AWSLogs/${emulator.account}`,
    logMilliseconds: 30_000,
    stackIsDisposable: true,
    recordsGlobalCalls: true,
    foreignLayer: () => {
      foreign ??= publishForeignLayer(emulator, 'boto-utils');
      return foreign;
    },
    loseEvents: async (_stack, work) => {
      await emulator.control({ events: 'drop' });
      await work().finally(() => emulator.control({ events: 'deliver' }));
    },
    refuseNotifications: async (_stack, work) => {
      await emulator.control({ refusedActions: ['sns:Publish'] });
      await work().finally(() => emulator.control({ refusedActions: [] }));
    },
    deniedCalls: () => emulator.log.split('\n').filter((line) => isDeniedToTheStack(line)),
    stop: () => emulator.stop(),
  };
}

/** The log of `scripts/cloud/emulator/aws_behaviour.py` has a line for each call that a policy denied. */
function isDeniedToTheStack(line: string): boolean {
  return line.includes('denied: ') && line.includes(`:assumed-role/${stackName}-`);
}
