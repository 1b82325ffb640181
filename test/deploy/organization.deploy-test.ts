import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CreateEventBusCommand,
  EventBridgeClient,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import {
  CreateAccountCommand,
  CreateOrganizationCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { findStack } from '../../cli/aws/stack';
import { stackName } from '../../lambda/contract';
import { givenEnvelope, givenUpdate, layerVersion } from '../fixtures/records';
import { LoopbackEventHistory } from '../harness/loopback-event-history';
import { temporaryFolder } from '../harness/temporary-folder';
import { describeWith, isInstalled } from '../harness/tools';
import { CommandBench } from './command-bench';
import { deployedAccount, deployedRegion } from './deployment';
import { EmulatedMember, forwarderTemplate } from './member-account';

const memberAccount = '210987654321';
const foreign = layerVersion('boto-utils', 3, '999988887777');
const hubBus = `${stackName}-hub`;
const findingsBus = 'findings';

const configuration = {
  organization: {
    id: 'o-a1b2c3d4e5',
    accounts: [memberAccount],
    readAccounts: true,
    externalId: 'layerwatch',
    regions: [deployedRegion, 'us-east-1'],
  },
  accountNames: { [memberAccount]: 'payments-prod' },
  securityHub: true,
  findingsBusArn: `arn:aws:events:${deployedRegion}:${deployedAccount}:event-bus/${findingsBus}`,
};

interface Event {
  readonly source: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** A call in the member account, as its region's CloudTrail records it. */
function memberCall(region: string, name: string) {
  const functionArn = ['arn:aws:lambda', region, memberAccount, 'function', name].join(':');
  return givenUpdate(
    [foreign],
    {
      eventTime: new Date().toISOString(),
      awsRegion: region,
      recipientAccountId: memberAccount,
      responseElements: { functionName: name, functionArn },
    },
    name,
  );
}

describeWith(['moto_server'], 'an organization on the emulator', () => {
  let bench: CommandBench;
  let member: EmulatedMember;
  let forwarder: { readonly printed: string; readonly file: string };
  let hubQueue: string;
  let findingsQueue: string;
  let namedAccount: string;

  beforeAll(async () => {
    const config = join(temporaryFolder(), 'config.json');
    writeFileSync(config, JSON.stringify(configuration));
    bench = await CommandBench.start({ config });
    forwarder = await forwarderTemplate();
    member = await EmulatedMember.signIn(memberAccount);
    const stack = await findStack(stackName);
    const parameters = {
      HubBusArn: `arn:aws:events:${deployedRegion}:${deployedAccount}:event-bus/${hubBus}`,
      ExternalId: 'layerwatch',
      RoleRegion: deployedRegion,
    };
    for (const region of [deployedRegion, 'us-east-1'])
      await member.deployForwarder(region, forwarder.file, parameters);
    await nameAccounts();
    hubQueue = await queueInPlaceOfDetector(stack.physicalId('AWS::Events::Rule', 'HubRule'));
    await new EventBridgeClient({}).send(new CreateEventBusCommand({ Name: findingsBus }));
    findingsQueue = await queueOnBus(findingsBus, 'findings', { source: ['layerwatch'] });
  });
  afterAll(() => bench?.stop());

  /** The emulator runs no function code: what the rule hands over is taken from a queue in the detector's place. */
  async function queueInPlaceOfDetector(rule: string): Promise<string> {
    const client = new EventBridgeClient({});
    const Rule = rule.split(/[/|]/).at(-1) ?? '';
    const { Targets = [] } = await client.send(new ListTargetsByRuleCommand({ Rule, EventBusName: hubBus }));
    expect(Targets.map(({ Arn }) => Arn)).toEqual([
      `arn:aws:lambda:${deployedRegion}:${deployedAccount}:function:${bench.deployed.detector.name}`,
    ]);
    await client.send(
      new RemoveTargetsCommand({ Rule, EventBusName: hubBus, Ids: Targets.flatMap(({ Id }) => Id ?? []) }),
    );
    return queueOnRule(Rule, hubBus, 'hub');
  }

  async function queueOnBus(bus: string, name: string, pattern: unknown): Promise<string> {
    await new EventBridgeClient({}).send(
      new PutRuleCommand({ Name: name, EventBusName: bus, EventPattern: JSON.stringify(pattern) }),
    );
    return queueOnRule(name, bus, name);
  }

  async function queueOnRule(Rule: string, bus: string, name: string): Promise<string> {
    const sqs = new SQSClient({});
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
    );
    const Targets = [{ Id: 'queue', Arn: Attributes?.['QueueArn'] ?? '' }];
    await new EventBridgeClient({}).send(new PutTargetsCommand({ Rule, EventBusName: bus, Targets }));
    return QueueUrl;
  }

  async function received(QueueUrl: string): Promise<readonly Event[]> {
    const { Messages = [] } = await new SQSClient({}).send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 3_600 }),
    );
    return Messages.map(({ Body = '{}' }) => JSON.parse(Body) as Event);
  }

  /** An organization with one more account, whose name is in no configuration. */
  async function nameAccounts(): Promise<void> {
    const client = new OrganizationsClient({ region: 'us-east-1' });
    await client.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
    const { CreateAccountStatus } = await client.send(
      new CreateAccountCommand({ AccountName: 'web-shop', Email: 'web@example.com' }),
    );
    namedAccount = CreateAccountStatus?.AccountId ?? '';
  }

  /** EventBridge keeps the account and region in which an event arose; the emulator puts the receiver's. */
  const asAwsDelivers = (event: Event, account: string, region: string) => ({ ...event, account, region });

  async function alerts(...args: readonly string[]) {
    const { stdout } = await bench.run(['alerts', '--json', ...args]);
    return stdout
      .split('\n')
      .flatMap((line) =>
        line === '' ? [] : [(JSON.parse(line) as { layerwatch: Record<string, never> }).layerwatch],
      );
  }

  test('given the forwarder, then it is printed, has no assets and passes cfn-lint', () => {
    expect(forwarder.printed).toContain('HubBusArn');
    expect(forwarder.file).not.toMatch(/S3Bucket|S3Key|aws:asset|BootstrapVersion/);
    if (!isInstalled('cfn-lint')) return;
    const file = join(temporaryFolder(), 'forwarder.json');
    writeFileSync(file, forwarder.file);
    const { status, stdout } = spawnSync('cfn-lint', [file], { encoding: 'utf8' });
    expect([status, stdout.trim()]).toEqual([0, '']);
  });

  test.each([deployedRegion, 'us-east-1'])(
    "given a call in a member account's default bus in %s, then one alert in the hub has that account's name",
    async (region) => {
      const name = `of-${region}`;
      await member.call(region, 'aws.lambda', memberCall(region, name));
      await member.call(region, 'aws.lambda', {
        ...memberCall(region, name),
        eventName: 'GetFunction20150331v2',
      });
      const events = await received(hubQueue);
      expect(events).toHaveLength(1);
      const delivered = events.map((event) => asAwsDelivers(event, memberAccount, region));
      expect((await bench.invoke(bench.deployed.detector, delivered)).results).toEqual([{ ok: true }]);
      expect(await alerts('--function', name)).toMatchObject([
        {
          occurrences: 1,
          target: { name, account: memberAccount, account_name: 'payments-prod', region },
          change: { kind: 'before-unknown' },
        },
      ]);
      expect(await alerts('--function', name, '--account', 'payments-prod')).toHaveLength(1);
    },
  );

  test('given a function of a member account, then its alert says what Lambda says of it there', async () => {
    await member.createFunction('us-east-1', 'in-member');
    const call = givenEnvelope(memberCall('us-east-1', 'in-member')) as unknown as Event;
    await bench.invoke(bench.deployed.detector, [asAwsDelivers(call, memberAccount, 'us-east-1')]);
    expect(await alerts('--function', 'in-member')).toMatchObject([
      { context: { function: { runtime: 'nodejs22.x', wrapper_variables: ['NODE_OPTIONS'] } } },
    ]);
  });

  test('given a call that stops the trail of a member account, and one that disables its forwarder, then both reach the hub', async () => {
    const call = (eventSource: string, eventName: string, requestParameters: unknown) => ({
      ...givenUpdate(undefined, { recipientAccountId: memberAccount, eventTime: new Date().toISOString() }),
      eventSource: `${eventSource}.amazonaws.com`,
      eventName,
      requestParameters,
      responseElements: null,
    });
    await member.call(deployedRegion, 'aws.cloudtrail', call('cloudtrail', 'StopLogging', { name: 'main' }));
    await member.call(
      deployedRegion,
      'aws.events',
      call('events', 'DisableRule', { name: 'LayerwatchForwarder' }),
    );
    await member.call(deployedRegion, 'aws.events', call('events', 'DisableRule', { name: 'nightly' }));
    const events = await received(hubQueue);
    expect(events.map(({ detail }) => detail['eventName']).sort()).toEqual(['DisableRule', 'StopLogging']);
    const delivered = events.map((event) => asAwsDelivers(event, memberAccount, deployedRegion));
    await bench.invoke(bench.deployed.detector, delivered);
    const tampering = (await alerts()).filter(({ change }) => change?.['kind'] === 'tampering');
    expect(tampering).toHaveLength(2);
  });

  test('given an event whose record claims another account, then it is marked, and nothing that it claims is believed', async () => {
    const forged = { ...givenEnvelope(givenUpdate([foreign], {}, 'framed')), account: memberAccount };
    expect((await bench.invoke(bench.deployed.detector, [forged])).results).toEqual([{ ok: true }]);
    expect(await alerts('--function', 'framed', '--since', '2026-10-01')).toEqual([]);
    const { stdout } = await bench.run([
      'alerts',
      '--since',
      '2026-10-01',
      '--json',
      '--account',
      memberAccount,
    ]);
    expect(stdout).toContain(
      `"message":"A forged event of account ${memberAccount} was put on the bus: the record claims to be of account ${deployedAccount}, and the event came from account ${memberAccount}`,
    );
  });

  test('given alerts that are notified and closed, then Security Hub and the bus have them, in their last state', async () => {
    await received(findingsQueue);
    const call = memberCall(deployedRegion, 'exported');
    const event = asAwsDelivers(givenEnvelope(call) as unknown as Event, memberAccount, deployedRegion);
    await bench.invoke(bench.deployed.detector, [event]);
    const [alert] = await alerts('--function', 'exported');
    const id = String(alert?.['alert_id']);
    expect(await received(findingsQueue)).toMatchObject([
      {
        detail: {
          class_uid: 2004,
          activity_id: 1,
          finding_info: { uid: id },
          cloud: { account: { name: 'payments-prod' } },
        },
      },
    ]);
    const closed = await bench.run(['close', id, '--reason', 'planned']);
    expect([closed.exitCode, closed.stderr]).toEqual([0, '']);
    expect(await received(findingsQueue)).toMatchObject([{ detail: { activity_id: 3, status_id: 4 } }]);
    expect(await importedFindings(id)).toMatchObject([
      {
        Id: id,
        AwsAccountId: deployedAccount,
        RecordState: 'ARCHIVED',
        Resources: [{ Type: 'AwsLambdaFunction' }, { Type: 'AwsIamAccessKey' }],
      },
    ]);
  });

  /** Asked by a plain request, because no client of Security Hub is among the dependencies. */
  async function importedFindings(id: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const response = await fetch(`${bench.environment['AWS_ENDPOINT_URL']}/findings`, {
      method: 'POST',
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=testing/20261124/${deployedRegion}/securityhub/aws4_request, SignedHeaders=host, Signature=0`,
        'content-type': 'application/json',
      },
      body: '{}',
    });
    const { Findings } = (await response.json()) as { readonly Findings: readonly Record<string, unknown>[] };
    return Findings.filter(({ Id }) => Id === id);
  }

  test('given the role in the member account, then the sweep lists its functions in each region, and doctor says so', async () => {
    const history = await LoopbackEventHistory.start([]);
    const swept = await bench.invoke(bench.deployed.sweeper, [{}], {
      AWS_ENDPOINT_URL_CLOUDTRAIL: history.endpoint,
    });
    await history.stop();
    expect(swept.results).toEqual([{ ok: true }]);
    expect(swept.log).toContain('"details":{"accountRegions":4,"ofThisRun":4,"failed":0}');
    const { stdout } = await bench.run(['doctor']);
    const layer = layerVersion('shared', 1, namedAccount);
    const event = givenEnvelope(givenUpdate([layer], { eventTime: new Date().toISOString() }, 'named'));
    await bench.invoke(bench.deployed.detector, [event]);
    const [alert] = await alerts('--function', 'named');
    expect(alert).toMatchObject({
      change: { layers: [{ provenance: 'organization', publisher: 'web-shop' }] },
    });
    expect(stdout).toMatch(/^ok +hub of the organization +bus Layerwatch-hub delivers to the detector$/m);
    expect(stdout).toMatch(
      /^ok +member accounts +functions of 4 account-regions listed, the last 0 minutes ago$/m,
    );
  });
});
