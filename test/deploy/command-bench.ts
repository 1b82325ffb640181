import { runLayerwatch } from '../cli/run-layerwatch';
import { givenEnvelope } from '../fixtures/records';
import { type Emulator, startEmulator } from '../harness/emulator';
import { type Invocation, invokeBundle } from '../harness/invoke-bundle';
import { Terminal } from '../harness/terminal';
import { type Deployed, type DeployedFunction, deploy, emulatedEnvironment, inspect } from './deployment';

/** A deployed stack on an emulator of its own, and the command line in front of it. */
export class CommandBench {
  private constructor(
    private readonly emulator: Emulator,
    readonly deployed: Deployed,
  ) {}

  static async start(context: Readonly<Record<string, string>> = {}): Promise<CommandBench> {
    Object.assign(process.env, emulatedEnvironment('http://localhost'));
    const emulator = await startEmulator();
    Object.assign(process.env, emulatedEnvironment(emulator.endpoint));
    try {
      await deploy(emulator.endpoint, context);
      return new CommandBench(emulator, await inspect(emulator.endpoint));
    } catch (error) {
      await emulator.stop();
      throw error;
    }
  }

  get environment(): Readonly<Record<string, string>> {
    return emulatedEnvironment(this.emulator.endpoint);
  }

  run(args: readonly string[], env: Readonly<Record<string, string>> = {}, input?: string) {
    return runLayerwatch(args, {
      env: { ...this.environment, ...env },
      ...(input === undefined ? {} : { input }),
    });
  }

  terminal(args: readonly string[], options: { readonly columns?: number } = {}): Terminal {
    return Terminal.start(args, this.environment, options);
  }

  /** Hands records to the deployed detector, one after the other. */
  detect(...records: readonly Readonly<Record<string, unknown>>[]): Promise<Invocation> {
    return this.invoke(this.deployed.detector, records.map(givenEnvelope));
  }

  invoke(
    { assetFolder, environment, name }: DeployedFunction,
    events: readonly unknown[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<Invocation> {
    const own = { ...environment, AWS_LAMBDA_FUNCTION_NAME: name };
    return invokeBundle(assetFolder, { ...this.environment, ...own, ...env }, events);
  }

  stop(): Promise<void> {
    return this.emulator.stop();
  }
}
