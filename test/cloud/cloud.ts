import { setTimeout as sleep } from 'node:timers/promises';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { type DeployedStack, findStack } from '../../cli/aws/stack';
import { stackName, stackOutput } from '../../lambda/contract';
import type { FindingDocument } from '../../lambda/detection/finding-document';
import { Cleanup } from '../../scripts/cloud/cleanup';
import { Inbox, type Message } from '../../scripts/cloud/inbox';
import { createPerson, type Person } from '../../scripts/cloud/people';
import { outputOf } from '../../scripts/cloud/stack-output';
import { Workload } from '../../scripts/cloud/workload';
import { documentsOf, type Ran, runLayerwatch } from '../cli/run-layerwatch';

/** What the stories need of an account and that an emulated one does otherwise than a real one. */
export interface CloudAdapter {
  readonly account: string;
  readonly region: string;
  /** Variables of the AWS clients, for the command line; those of this process are the same. */
  readonly environment: Readonly<Record<string, string>>;
  /** Begins every name that the stories give. */
  readonly prefix: string;
  /** The longest that a message may take after its call. */
  readonly messageMilliseconds: number;
  /** How long nothing has to come before a story believes that nothing does. */
  readonly quietMilliseconds: number;
  /** The longest that the sweep's schedule may take, and what makes it shorter. */
  readonly scheduleMilliseconds: number;
  hurrySchedules(): Promise<void>;
  /** How long a new access key takes until it is known everywhere. */
  readonly accessKeyMilliseconds: number;
  /** A trail that brings the calls of this region to EventBridge, and that the stories may stop and start. */
  readonly trail: string;
  /** Where that trail's log files of this account are, as `replay` takes it, and the longest that a file may take. */
  readonly logs: string;
  readonly logMilliseconds: number;
  /** Whether the stories may delete what the stack has made. */
  readonly stackIsDisposable: boolean;
  /** Whether calls of IAM are recorded in this region. */
  readonly recordsGlobalCalls: boolean;
  /** A layer version of an account that Layerwatch does not know, where there is one that everybody may use. */
  foreignLayer(): Promise<string | undefined>;
  /** Does work while no event reaches the detector. */
  loseEvents(stack: DeployedStack, work: () => Promise<void>): Promise<void>;
  /** Does work while SNS accepts nothing from the detector. */
  refuseNotifications(stack: DeployedStack, work: () => Promise<void>): Promise<void>;
  /** Calls of the stack's own roles that a policy denied, as far as the account shows them. */
  deniedCalls(): readonly string[];
  stop(): Promise<void>;
}

/** An account with Layerwatch in it, somebody who works there, and a subscriber. */
export class Cloud {
  private constructor(
    readonly adapter: CloudAdapter,
    readonly stack: DeployedStack,
    readonly inbox: Inbox,
    readonly workload: Workload,
    readonly cleanup: Cleanup,
  ) {}

  static async open(adapter: CloudAdapter): Promise<Cloud> {
    const cleanup = new Cleanup();
    const stack = await findStack(stackName);
    const topicArn = await outputOf(stackName, stackOutput.alertTopicArn);
    const inbox = await Inbox.subscribe(topicArn, `${adapter.prefix}subscriber`, cleanup);
    return new Cloud(adapter, stack, inbox, new Workload(adapter.prefix, cleanup), cleanup);
  }

  /** @throws where something of the account's could not be put back */
  async close(): Promise<void> {
    const left = await this.cleanup.run();
    await this.adapter.stop();
    if (left.length > 0) throw new Error(`left in the account:\n${left.join('\n')}`);
  }

  readonly functionNamed = (beginning: string): string =>
    this.stack.physicalId('AWS::Lambda::Function', beginning);

  /** A user of the account with an access key that can be used. */
  async person(short: string, actions: readonly string[]): Promise<Person> {
    const person = await createPerson(this.workload.name(short), actions, this.cleanup);
    await sleep(this.adapter.accessKeyMilliseconds);
    return person;
  }

  run(...args: readonly string[]): Promise<Ran> {
    return runLayerwatch(args, { env: this.adapter.environment });
  }

  /** The first message about a function, layer or resource of this name for which `fits` holds as well. */
  async message(name: string, fits: (document: FindingDocument) => boolean = () => true): Promise<Message> {
    const [message] = await this.messages(name, 1, fits);
    if (message === undefined) throw new Error('until answers with at least one message');
    return message;
  }

  messages(
    name: string,
    count: number,
    fits: (document: FindingDocument) => boolean = () => true,
  ): Promise<readonly Message[]> {
    return this.inbox.until(name, (document) => document.layerwatch.target.name === name && fits(document), {
      count,
      timeoutMilliseconds: this.adapter.messageMilliseconds,
    });
  }

  /** Messages about it, after a while in which more could have come. */
  async messagesAfterAWhile(name: string): Promise<readonly Message[]> {
    return this.inbox.during(
      this.adapter.quietMilliseconds,
      (document) => document.layerwatch.target.name === name,
    );
  }

  /** The alerts about it that the table holds, newest first, notified or not. */
  async alerts(name: string): Promise<readonly FindingDocument[]> {
    return documentsOf(await this.run('alerts', '--json', '--function', name));
  }

  /** Waits for an alert about it that need not be notified. */
  async alert(name: string, fits: (document: FindingDocument) => boolean): Promise<FindingDocument> {
    const deadline = Date.now() + this.adapter.messageMilliseconds;
    for (;;) {
      const found = (await this.alerts(name)).find(fits);
      if (found !== undefined) return found;
      if (Date.now() > deadline) throw new Error(`no such alert about ${name} in the table`);
    }
  }

  /** Runs the sweeper once, to its end. */
  async sweep(): Promise<void> {
    const { FunctionError, Payload } = await new LambdaClient({}).send(
      new InvokeCommand({ FunctionName: this.functionNamed('Sweeper'), Payload: '{}' }),
    );
    if (FunctionError !== undefined)
      throw new Error(`the sweep failed: ${Buffer.from(Payload ?? []).toString()}`);
  }
}
