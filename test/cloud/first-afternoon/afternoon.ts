import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormationClient, UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import { LambdaClient, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import type { UserAgent } from '@smithy/types';
import { stackName, stackOutput } from '../../../lambda/contract';
import { renderNotification } from '../../../lambda/notification/message';
import { Cleanup } from '../../../scripts/cloud/cleanup';
import { bootstrap, deploy, destroy, type Target } from '../../../scripts/cloud/deploy';
import { targetOf, withoutEvents } from '../../../scripts/cloud/emulated-account';
import { Emulator } from '../../../scripts/cloud/emulator';
import { publishForeignLayer } from '../../../scripts/cloud/foreign-layer';
import { Inbox, type Message } from '../../../scripts/cloud/inbox';
import { createPerson, type Person } from '../../../scripts/cloud/people';
import { outputOf } from '../../../scripts/cloud/stack-output';
import { createTrail } from '../../../scripts/cloud/trail';
import { Workload } from '../../../scripts/cloud/workload';
import { asLines, Recording } from './recording';

const region = 'us-east-1';

const messageMilliseconds = 120_000;

/** The steps of the first afternoon, by the name of their block of the page. */
export type Steps = Readonly<Record<string, string>>;

/** What a team does on its first afternoon, in an account of an emulated cloud. */
export async function firstAfternoon(): Promise<Steps> {
  const emulator = await Emulator.start({ port: 0, region });
  try {
    Object.assign(process.env, emulator.environment());
    return await new Afternoon(emulator).run();
  } finally {
    await emulator.stop();
  }
}

class Afternoon {
  private readonly cleanup = new Cleanup();
  private readonly folder: string;
  private readonly target: Target;
  private readonly recording: Recording;

  constructor(private readonly emulator: Emulator) {
    this.folder = mkdtempSync(join(emulator.folder, 'afternoon-'));
    this.target = targetOf(emulator);
    this.recording = new Recording(this.folder, { ...emulator.environment(), HOME: emulator.folder });
  }

  async run(): Promise<Steps> {
    const { account } = this.emulator;
    await createTrail({ name: 'audit', bucket: 'audit-logs' }, region, account, this.cleanup);
    const { functionName, layer } = await this.pipelineAtWork();
    const init = await this.init();
    await bootstrap(this.target);
    const config = join(this.folder, 'layerwatch.config.json');
    let deployed = '';
    await withoutEvents(this.emulator, async () => {
      deployed = await deploy(this.target, stackName, { config });
    });
    const inbox = await this.subscribe();
    const learn = await this.record(['learn']);
    const [attack, message] = await this.attack(functionName, layer, inbox);
    const id = message.document.layerwatch.alert_id.slice(0, 12);
    return {
      'afternoon-init': init,
      'afternoon-deploy': `$ npx cdk deploy\n...\n${outputsOf(deployed)}`,
      'afternoon-learn': learn,
      'afternoon-attack': attack,
      'afternoon-message': emailOf(message),
      'afternoon-alerts': await this.record(['alerts', '--status', 'open', '--function', functionName]),
      'afternoon-ack': await this.record(['ack', id, '--reason', 'not our layer']),
      'afternoon-restore': await this.record(['restore', id], [['[y/N]', 'y']]),
      'afternoon-close': await this.record([
        'close',
        id,
        '--reason',
        'layer taken off, key of mallory deleted',
      ]),
      'afternoon-report': await this.record(['report']),
      'afternoon-remove': await this.remove(),
    };
  }

  /** A user of the pipeline publishes a layer, and deploys functions with it. */
  private async pipelineAtWork(): Promise<{ readonly functionName: string; readonly layer: string }> {
    const pipeline = await createPerson('pipeline', ['*'], this.cleanup);
    return this.as(pipeline, async () => {
      const workload = new Workload('', this.cleanup);
      const layer = await workload.publishLayer('base');
      const functionName = await workload.createFunction('payments', [layer]);
      await workload.createFunction('reports', [layer]);
      const next = await workload.publishLayer('base', { 'lib.py': 'version = 2\n' });
      await workload.setLayers('reports', [next]);
      return { functionName, layer };
    });
  }

  private init(): Promise<string> {
    return this.record(
      ['init'],
      [
        ['Email address', 'security@example.com'],
        ['Slack channel', ''],
        ['Working hours', ''],
        ['Deployers to add', '1'],
        ['Write layerwatch.config.json? [y/N]', 'y'],
      ],
    );
  }

  private async subscribe(): Promise<Inbox> {
    const topic = await outputOf(stackName, stackOutput.alertTopicArn);
    return Inbox.subscribe(topic, 'subscriber', this.cleanup);
  }

  /** What the intruder types, and the message that comes of it. */
  private async attack(
    functionName: string,
    layer: string,
    inbox: Inbox,
  ): Promise<readonly [string, Message]> {
    const mallory = await createPerson('mallory', ['lambda:*'], this.cleanup);
    const foreign = await publishForeignLayer(this.emulator, 'boto-utils');
    const credentials = { accessKeyId: mallory.accessKeyId, secretAccessKey: mallory.secretAccessKey };
    const cli = async (): Promise<UserAgent> => [['aws-cli', '2.31.10']];
    await new LambdaClient({ credentials, defaultUserAgentProvider: cli }).send(
      new UpdateFunctionConfigurationCommand({ FunctionName: functionName, Layers: [layer, foreign] }),
    );
    const [message] = await inbox.until(
      'the foreign layer',
      ({ layerwatch }) => layerwatch.change.layers.some(({ arn }) => arn === foreign),
      { timeoutMilliseconds: messageMilliseconds },
    );
    if (message === undefined) throw new Error('no message came');
    const command = `$ aws lambda update-function-configuration --function-name ${functionName} \\\n    --layers ${layer} \\\n      ${foreign}`;
    return [command, message];
  }

  private async remove(): Promise<string> {
    await new CloudFormationClient({}).send(
      new UpdateTerminationProtectionCommand({ StackName: stackName, EnableTerminationProtection: false }),
    );
    return `$ npx cdk destroy --force\n${endOfStack(await destroy(this.target, stackName))}`;
  }

  private async record(
    args: readonly string[],
    answers: Parameters<Recording['run']>[1] = [],
  ): Promise<string> {
    const { exitCode, text } = await this.recording.run(args, answers);
    if (exitCode !== 0) throw new Error(`exit code ${exitCode}:\n${text}`);
    return text;
  }

  /** The clients that are made meanwhile act as this person. */
  private async as<Result>(person: Person, act: () => Promise<Result>): Promise<Result> {
    Object.assign(process.env, this.emulator.environment(person));
    try {
      return await act();
    } finally {
      Object.assign(process.env, this.emulator.environment());
    }
  }
}

/** The outputs of the stack, as the CDK prints them. */
function outputsOf(output: string): string {
  const lines = asLines(output);
  return lines.slice(lines.lastIndexOf('Outputs:')).split('Stack ARN:')[0]?.trim() ?? '';
}

/** What the CDK prints of a stack that it deletes, without the resources that it deletes. */
function endOfStack(output: string): string {
  const kept = asLines(output)
    .split('\n')
    .filter((line) => /DELETE_SKIPPED|destroyed$/.test(line));
  return ['...', ...kept].join('\n');
}

/** The subject and the text that an email has. */
function emailOf({ document }: Message): string {
  const { subject, bodies } = renderNotification(document, {});
  return `Subject: ${subject}\n\n${bodies['email'] ?? bodies.default}`;
}
