import { setTimeout as sleep } from 'node:timers/promises';
import { stackName } from '../../lambda/contract';
import { Cleanup } from './cleanup';
import { bootstrap, deploy, type Target } from './deploy';
import { Emulator, type EmulatorOptions } from './emulator';
import { createTrail } from './trail';

export interface EmulatedAccountOptions extends EmulatorOptions {
  readonly onStep?: (step: string) => void;
}

export const trail = { name: 'audit', bucket: 'audit-logs' } as const;

/** Starts an emulated account as a team has it that follows the README: a trail that logs, and Layerwatch deployed. */
export async function startEmulatedAccount(options: EmulatedAccountOptions): Promise<Emulator> {
  const onStep = options.onStep ?? (() => {});
  const emulator = await Emulator.start({
    ...options,
    onInstalling: () => onStep('installing the emulator, once'),
  });
  try {
    // The AWS clients of this process read their endpoint and keys there.
    Object.assign(process.env, emulator.environment());
    onStep(`AWS at ${emulator.endpoint}`);
    await createTrail(trail, emulator.region, emulator.account, new Cleanup());
    await deployLayerwatch(emulator, onStep);
    return emulator;
  } catch (error) {
    await emulator.stop();
    throw error;
  }
}

async function deployLayerwatch(emulator: Emulator, onStep: (step: string) => void): Promise<void> {
  const target = targetOf(emulator);
  await bootstrap(target);
  onStep('bootstrapped');
  await withoutEvents(emulator, () => deploy(target, stackName, { email: 'you@example.com' }));
  onStep(`stack ${stackName} deployed`);
}

/** The emulator's account and region, for `cdk`. */
export function targetOf(emulator: Emulator): Target {
  const { account, region, folder } = emulator;
  return { account, region, folder, environment: emulator.environment() };
}

/** How long the events of a stack's calls may take; `DELIVERY_SECONDS` in `emulator/stack_calls.py`, and a second more. */
const stackEventsMilliseconds = 3_000;

/**
 * Deploys while no event reaches the bus. AWS makes a stack within minutes; here its hundred calls come within a second, and a machine
 * that starts a process for each of them has no time left for the calls that a test or a person makes next.
 */
export async function withoutEvents(emulator: Emulator, work: () => Promise<unknown>): Promise<void> {
  await emulator.control({ events: 'drop' });
  await work();
  await sleep(stackEventsMilliseconds);
  await emulator.control({ events: 'deliver' });
}
