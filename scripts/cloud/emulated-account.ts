import { stackName } from '../../lambda/contract';
import { Cleanup } from './cleanup';
import { bootstrap, deploy } from './deploy';
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
  const { account, region, folder } = emulator;
  const target = { account, region, folder, environment: emulator.environment() };
  await bootstrap(target);
  onStep('bootstrapped');
  await deploy(target, stackName, { email: 'you@example.com' });
  onStep(`stack ${stackName} deployed`);
}
