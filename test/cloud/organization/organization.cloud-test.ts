import { DisableRuleCommand, EnableRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type DeployedStack, findStack } from '../../../cli/aws/stack';
import { stackName, stackOutput } from '../../../lambda/contract';
import type { FindingDocument } from '../../../lambda/detection/finding-document';
import { forwarderName } from '../../../lambda/detection/forwarded-pattern';
import { Cleanup } from '../../../scripts/cloud/cleanup';
import { Inbox } from '../../../scripts/cloud/inbox';
import { outputOf } from '../../../scripts/cloud/stack-output';
import { Workload } from '../../../scripts/cloud/workload';
import { documentsOf, runLayerwatch } from '../../cli/run-layerwatch';
import { givenUpdate } from '../../fixtures/records';
import { describeWith } from '../../harness/tools';
import { EmulatedOrganization, member } from './emulated-organization';

const timeoutMilliseconds = 60_000;

describeWith(['python3'], 'an organization with a hub in one account and calls in another', () => {
  let organization: EmulatedOrganization;
  let stack: DeployedStack;
  let inbox: Inbox;
  let forwarded: Workload;
  let unforwarded: Workload;

  beforeAll(async () => {
    organization = await EmulatedOrganization.start();
    const cleanup = new Cleanup();
    stack = await findStack(stackName);
    inbox = await Inbox.subscribe(await outputOf(stackName, stackOutput.alertTopicArn), 'inbox', cleanup);
    forwarded = new Workload('', cleanup, organization.inMember(member.forwarded));
    unforwarded = new Workload('far-', cleanup, organization.inMember(member.unforwarded));
  });
  afterAll(() => organization?.stop());

  const isAbout = (name: string) => (document: FindingDocument) => document.layerwatch.target.name === name;

  async function messageAbout(name: string): Promise<FindingDocument> {
    const [message] = await inbox.until(name, isAbout(name), { timeoutMilliseconds });
    if (message === undefined) throw new Error('until answers with at least one message');
    return message.document;
  }

  async function alertsAbout(name: string): Promise<readonly FindingDocument[]> {
    const environment = { ...organization.emulator.environment(), HOME: organization.emulator.folder };
    return documentsOf(await runLayerwatch(['alerts', '--json', '--function', name], { env: environment }));
  }

  /** Until the log reader has decided all objects of which the queue was notified. */
  async function untilBucketIsRead(): Promise<void> {
    const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
    const QueueUrl = stack.physicalId('AWS::SQS::Queue', 'TrailObjects');
    const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
    const deadline = Date.now() + timeoutMilliseconds;
    // Objects are written every second: two looks at an empty queue, and time for one more object between them.
    for (let emptyLooks = 0; emptyLooks < 2; ) {
      if (Date.now() > deadline) throw new Error('the queue of objects does not become empty');
      await inbox.receive(1);
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...names] }),
      );
      emptyLooks = names.every((name) => Attributes[name] === '0') ? emptyLooks + 1 : 0;
      await inbox.receive(1);
    }
  }

  async function attack(workload: Workload, short: string): Promise<string> {
    const layer = await workload.publishLayer(`${short}-layer`);
    const name = await workload.createFunction(short);
    await workload.setLayers(name, [layer]);
    return name;
  }

  /** One call is one alert with one record, and one message, by however many doors it came. */
  async function expectOneOfEach(name: string): Promise<void> {
    await untilBucketIsRead();
    expect(inbox.messages.filter(({ document }) => isAbout(name)(document))).toHaveLength(1);
    expect(await alertsAbout(name)).toMatchObject([{ layerwatch: { occurrences: 1 } }]);
  }

  test('given a call that comes by forwarder and then by bucket, then it is one alert and one message', async () => {
    const name = await attack(forwarded, 'events-first');
    expect(await messageAbout(name)).toMatchObject({
      cloud: { account: { id: member.account }, region: member.forwarded },
      layerwatch: { change: { kind: 'added' }, target: { account: member.account } },
    });
    await expectOneOfEach(name);
  });

  test('given a call that comes by bucket and then by forwarder, then it is one alert and one message', async () => {
    const { emulator } = organization;
    await emulator.control({ events: 'hold' });
    const name = await attack(forwarded, 'bucket-first');
    await messageAbout(name).finally(() => emulator.control({ events: 'deliver' }));
    await expectOneOfEach(name);
  });

  test('given a region without a forwarder, then the bucket brings the call', async () => {
    const name = await attack(unforwarded, 'bucket-only');
    expect(await messageAbout(name)).toMatchObject({
      cloud: { account: { id: member.account }, region: member.unforwarded },
      layerwatch: { change: { kind: 'added' } },
    });
    await expectOneOfEach(name);
  });

  test("given a member's function, then the alert has what the member's account says of it", async () => {
    const deadline = Date.now() + timeoutMilliseconds;
    // Context has two seconds, which a busy machine needs to start a function: later ones find it running.
    for (let turn = 1; ; turn += 1) {
      const { layerwatch } = await messageAbout(await attack(forwarded, `with-context-${turn}`));
      if (layerwatch.unavailable.length > 0 && Date.now() < deadline) continue;
      expect(layerwatch.unavailable).toEqual([]);
      expect(layerwatch.context.function?.runtime).toBe('python3.13');
      return;
    }
  });

  describe("with the forwarder's rule disabled", () => {
    const events = () => new EventBridgeClient(organization.inMember(member.forwarded));
    const Name = forwarderName;
    beforeAll(() => events().send(new DisableRuleCommand({ Name })));
    afterAll(() => events().send(new EnableRuleCommand({ Name })));

    test('then the call that disabled it is a critical alert', async () => {
      const disabled = await inbox.until(
        'DisableRule',
        ({ event, layerwatch }) =>
          event.action === 'DisableRule' && layerwatch.target.account === member.account,
        { timeoutMilliseconds },
      );
      expect(disabled[0]?.document.layerwatch.risk.band).toBe('critical');
    });

    test('then the bucket brings the next call', async () => {
      const name = await attack(forwarded, 'rule-disabled');
      await messageAbout(name);
      await expectOneOfEach(name);
    });
  });

  test('given an event whose record claims another account than its envelope, then it is marked as forged', async () => {
    const record = givenUpdate([], { recipientAccountId: organization.emulator.account }, 'impersonated');
    const envelope = {
      version: '0',
      id: '00000000-0000-4000-8000-000000000000',
      'detail-type': 'AWS API Call via CloudTrail',
      source: 'aws.lambda',
      account: member.account,
      time: new Date().toISOString(),
      region: member.forwarded,
      resources: [],
      detail: record,
    };
    await new LambdaClient({}).send(
      new InvokeCommand({
        FunctionName: stack.physicalId('AWS::Lambda::Function', 'Detector'),
        InvocationType: 'Event',
        Payload: JSON.stringify(envelope),
      }),
    );
    const isForged = ({ message }: FindingDocument) => message.startsWith('A forged event of account');
    const forged = await inbox.until('a forged event', isForged, { timeoutMilliseconds });
    expect(forged).toMatchObject([
      { document: { layerwatch: { target: { account: member.account }, risk: { band: 'critical' } } } },
    ]);
  });
});
