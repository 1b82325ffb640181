import { type Ran, runLayerwatch } from '../cli/run-layerwatch';
import { givenEnvelope } from '../fixtures/records';
import { type Emulator, startEmulator } from '../harness/emulator';
import { type Invocation, invokeBundle } from '../harness/invoke-bundle';
import { type RecordedCall, startRecordingProxy } from '../harness/recording-proxy';
import { Terminal } from '../harness/terminal';
import {
  bootstrap,
  cdkDeploy,
  type Deployed,
  type DeployedFunction,
  emulatedEnvironment,
  inspect,
} from './deployment';
import { undocumentedActions } from './documented-policies';

/** A deployed stack on an emulator of its own, and the command line in front of it. */
export class CommandBench {
  private constructor(
    private readonly emulator: Emulator,
    readonly deployed: Deployed,
    /** What the deployment called with the key of the person who deploys, and not with a role of the CDK. */
    readonly callsOfDeployer: readonly RecordedCall[],
  ) {}

  static async start(context: Readonly<Record<string, string>> = {}): Promise<CommandBench> {
    Object.assign(process.env, emulatedEnvironment('http://localhost'));
    const emulator = await startEmulator();
    Object.assign(process.env, emulatedEnvironment(emulator.endpoint));
    try {
      await bootstrap(emulator.endpoint);
      const proxy = await startRecordingProxy(emulator.endpoint);
      await cdkDeploy(proxy.endpoint, context);
      await proxy.stop();
      const key = emulatedEnvironment(emulator.endpoint)['AWS_ACCESS_KEY_ID'];
      const calls = proxy.calls.filter(({ accessKeyId }) => accessKeyId === key);
      return new CommandBench(emulator, await inspect(emulator.endpoint), calls);
    } catch (error) {
      await emulator.stop();
      throw error;
    }
  }

  get environment(): Readonly<Record<string, string>> {
    return emulatedEnvironment(this.emulator.endpoint);
  }

  /** Runs a command. Throws where it calls what the policy of its role in `docs/iam.md` lacks. */
  async run(
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
    input?: string,
  ): Promise<Ran> {
    const proxy = await startRecordingProxy(this.emulator.endpoint);
    const ran = await runLayerwatch(args, {
      env: { ...emulatedEnvironment(proxy.endpoint), ...env },
      ...(input === undefined ? {} : { input }),
    });
    await proxy.stop();
    const beyond = undocumentedActions(args[0] ?? '', proxy.calls);
    if (beyond.length > 0) throw new Error(`docs/iam.md lacks ${beyond.join(', ')} for ${args[0]}`);
    return ran;
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
