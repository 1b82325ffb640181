import { invocationChecks } from '../../../../cli/commands/doctor/checks/invocations';
import { policyChecks } from '../../../../cli/commands/doctor/checks/policies';
import { roleCheck } from '../../../../cli/commands/doctor/checks/roles';
import { ruleChecks, scheduleChecks } from '../../../../cli/commands/doctor/checks/rules';
import { subscriptionChecks } from '../../../../cli/commands/doctor/checks/subscriptions';
import { checkNamed } from './check-bench';
import { DeployedAccount, entry } from './deployed-account';

const checks = [
  ...ruleChecks,
  ...scheduleChecks,
  ...invocationChecks,
  roleCheck,
  ...policyChecks,
  ...subscriptionChecks.filter(({ name }) => name !== 'Slack channel'),
];

type Properties = Record<string, unknown>;

/** The statements of a policy, changed. */
const inPolicy = (policy: unknown, change: (statements: Properties[]) => Properties[]) => {
  const document = JSON.parse(String(policy)) as { Statement: Properties[] };
  return JSON.stringify({ ...document, Statement: change(document.Statement) });
};
const inDocument = (document: unknown, change: (statements: Properties[]) => Properties[]) =>
  encodeURIComponent(inPolicy(decodeURIComponent(String(document)), change));
const denial: Properties = { Effect: 'Deny', Principal: '*', Action: 'sns:Publish', Resource: '*' };

describe('the checks of an account as it was deployed', () => {
  let account: DeployedAccount;
  beforeEach(async () => {
    account = await DeployedAccount.start();
  });
  afterEach(() => account.stop());

  const found = (name: string) => account.run(checkNamed(checks, name));
  const topic = (beginning: string) => account.idOf('AWS::SNS::Topic', beginning);
  /** The attributes of one topic with another policy. */
  const topicPolicy = (TopicArn: string, change: (statements: Properties[]) => Properties[]) =>
    account.change('GetTopicAttributes', (output, input) => {
      if (input['TopicArn'] !== TopicArn) return output;
      const { entry: attribute } = output['Attributes'] as { entry: { value: string } };
      return { Attributes: entry('Policy', inPolicy(attribute.value, change)) };
    });

  test.each(checks.map(({ name }) => name))(
    'given nothing that was changed, then %s is right',
    async (name) => {
      expect(await found(name)).toMatchObject({ status: 'ok' });
    },
  );

  describe('what runs the functions', () => {
    const check = 'invocation of the functions';

    test.each(['Detector', 'Sweeper', 'LogReader', 'Selftester'])(
      'given the function %s with a reserved concurrency of 0, then it is named',
      async (id) => {
        const name = account.idOf('AWS::Lambda::Function', id);
        account.change('GetFunctionConcurrency', (output, { path }) =>
          String(path).includes(`/${name}/`) ? { ReservedConcurrentExecutions: 0 } : output,
        );
        expect(await found(check)).toMatchObject({
          status: 'failed',
          found: `function ${name} may not run: its reserved concurrency is 0`,
        });
      },
    );

    test.each(['LayerRule', 'LayerRuleTampering', 'SweeperSchedule', 'SelftesterSchedule', 'HubRule'])(
      'given the rule %s that may no longer invoke its function, then the rule is named',
      async (id) => {
        const name = account.idOf('AWS::Events::Rule', id).split('|').at(-1) ?? '';
        account.change('GetPolicy', ({ Policy }) => ({
          Policy: inPolicy(Policy, (all) => all.filter((each) => !JSON.stringify(each).includes(name))),
        }));
        expect(await found(check)).toMatchObject({ status: 'failed', found: expect.stringContaining(name) });
      },
    );

    test('given no failure destination, then it is reported', async () => {
      account.change('GetFunctionEventInvokeConfig', () => ({ MaximumRetryAttempts: 2 }));
      expect(await found(check)).toMatchObject({
        status: 'failed',
        found: expect.stringMatching(/failed events of function .+ do not go to /),
        fix: 'deploy the stack again: npx cdk deploy --revert-drift',
      });
    });

    test('given a mapping of the log reader that is disabled, then the command that enables it is shown', async () => {
      account.change('GetEventSourceMapping', () => ({ State: 'Disabled' }));
      expect(await found('messages of the log reader')).toMatchObject({
        status: 'failed',
        fix: expect.stringMatching(/^aws lambda update-event-source-mapping --uuid \S+ --enabled$/),
      });
    });
  });

  describe('the roles', () => {
    const detectorRole = () => account.idOf('AWS::IAM::Role', 'DetectorRole');
    /** One operation's answer about the role of the detector, changed. */
    const ofDetector = (operation: string, changed: (output: Properties) => Properties) =>
      account.change(operation, (output, { RoleName }) =>
        RoleName === detectorRole() ? changed(output) : output,
      );
    const expectFound = async (problem: RegExp) =>
      expect(await found('roles of the functions')).toMatchObject({
        status: 'failed',
        found: expect.stringMatching(problem),
      });

    test('given a policy that is attached, then it is named', async () => {
      ofDetector('ListAttachedRolePolicies', () => ({
        AttachedPolicies: [{ PolicyName: 'AWSDenyAll', PolicyArn: 'arn:aws:iam::aws:policy/AWSDenyAll' }],
        IsTruncated: false,
      }));
      await expectFound(/policy arn:aws:iam::aws:policy\/AWSDenyAll is attached, which was not deployed$/);
    });

    test('given a permissions boundary, then it is named', async () => {
      ofDetector('GetRole', ({ Role }) => ({
        Role: {
          ...(Role as Properties),
          PermissionsBoundary: { PermissionsBoundaryArn: 'arn:aws:iam::123456789012:policy/none' },
        },
      }));
      await expectFound(
        /permissions boundary arn:aws:iam::123456789012:policy\/none, which was not deployed$/,
      );
    });

    test('given a trust policy for another principal, then it is named', async () => {
      ofDetector('GetRole', ({ Role }) => ({
        Role: {
          ...(Role as Properties),
          AssumeRolePolicyDocument: encodeURIComponent(
            JSON.stringify({
              Statement: [
                {
                  Effect: 'Allow',
                  Action: 'sts:AssumeRole',
                  Principal: { AWS: 'arn:aws:iam::999988887777:root' },
                },
              ],
            }),
          ),
        },
      }));
      await expectFound(
        /its trust policy lacks .+sts:AssumeRole.+ allows sts:assumerole, which was not deployed$/i,
      );
    });

    test('given a policy that is gone, then it is named', async () => {
      ofDetector('ListRolePolicies', () => ({ PolicyNames: [], IsTruncated: false }));
      await expectFound(/its policy Detector is gone$/);
    });

    test('given one policy more, then it is named', async () => {
      ofDetector('ListRolePolicies', () => ({ PolicyNames: ['Detector', 'more'], IsTruncated: false }));
      await expectFound(/it has the policy more, which was not deployed$/);
    });

    test.each<[string, (statements: Properties[]) => Properties[], RegExp]>([
      [
        'a statement less',
        (all) => all.filter(({ Action }) => Action !== 'sns:Publish'),
        /its policy Detector lacks the statement that was deployed for sns:Publish$/,
      ],
      [
        'another resource',
        (all) => all.map((each) => (each['Action'] === 'sns:Publish' ? { ...each, Resource: 'x' } : each)),
        /lacks the statement that was deployed for sns:Publish; .+ allows sns:Publish, which was not deployed$/,
      ],
      ['a denial', (all) => [...all, denial], /its policy Detector has a denial of sns:Publish$/],
      [
        'a permission more',
        (all) => [...all, { Effect: 'Allow', Action: ['iam:*'], Resource: '*' }],
        /its policy Detector allows iam:\*, which was not deployed$/,
      ],
    ])('given %s in a policy of the role, then it is reported', async (_, change, problem) => {
      ofDetector('GetRolePolicy', (output) => ({
        ...output,
        PolicyDocument: inDocument(output['PolicyDocument'], change),
      }));
      await expectFound(problem);
    });
  });

  describe('the policies of topics and queues', () => {
    test('given a topic of the alarms that takes no alarms, then the statement is named', async () => {
      topicPolicy(topic('AlarmNotices'), (all) =>
        all.filter(({ Sid }) => Sid !== 'AllowAlarmsOfThisAccount'),
      );
      expect(await found('policies of the topics')).toMatchObject({
        status: 'failed',
        found: expect.stringMatching(
          /AlarmNotices\S+ lacks the statement that was deployed for AllowAlarmsOfThisAccount$/,
        ),
      });
    });

    test('given a topic of the alerts that denies everybody to publish, then it is reported', async () => {
      topicPolicy(topic('Alerts'), (all) => [...all, denial]);
      expect(await found('policies of the topics')).toMatchObject({
        status: 'failed',
        found: expect.stringMatching(/Alerts\S+ has a denial of sns:Publish$/),
      });
    });

    test('given a topic that lets somebody else publish too, then nothing is wrong', async () => {
      topicPolicy(topic('Alerts'), (all) => [...all, { ...denial, Effect: 'Allow' }]);
      expect(await found('policies of the topics')).toMatchObject({ status: 'ok' });
    });

    test('given a queue to which EventBridge may not write, then the statement is named', async () => {
      account.change('GetQueueAttributes', ({ Attributes }) => ({
        Attributes: {
          Policy: inPolicy((Attributes as Properties)['Policy'], (all) =>
            all.filter((each) => !JSON.stringify(each).includes('LayerRuleTampering')),
          ),
        },
      }));
      expect(await found('policies of the queues')).toMatchObject({
        status: 'failed',
        found: expect.stringMatching(/UndeliveredEvents\S+ lacks the statement .+Tampering/),
      });
    });
  });

  describe('the rules', () => {
    const rule = (id: string) => account.idOf('AWS::Events::Rule', id).split('|').at(-1) ?? '';
    const ofRule = (operation: string, id: string, changed: Properties) =>
      account.change(operation, (output, { Name, Rule }) =>
        (Name ?? Rule) === rule(id) ? { ...output, ...changed } : output,
      );

    test.each<[string, string, Properties]>([
      ['disabled', 'DescribeRule', { State: 'DISABLED' }],
      ['with another pattern', 'DescribeRule', { EventPattern: '{"source":["aws.s3"]}' }],
      ['with a target elsewhere', 'ListTargetsByRule', { Targets: [{ Id: '1', Arn: 'arn:aws:sqs:x' }] }],
    ])('given a rule past the detector that is %s, then it is named', async (_, operation, changed) => {
      ofRule(operation, 'OutsideFunctions', changed);
      expect(await found('rules outside the detector')).toMatchObject({
        status: 'failed',
        found: expect.stringContaining(rule('OutsideFunctions')),
      });
    });

    test('given a schedule that runs once a year, then it is named', async () => {
      ofRule('DescribeRule', 'SweeperSchedule', { ScheduleExpression: 'rate(365 days)' });
      expect(await found('rules outside the detector')).toMatchObject({
        status: 'failed',
        found: `rule ${rule('SweeperSchedule')} has another schedule than was deployed`,
      });
    });

    test('given a schedule of the self-test that is disabled, then the command is shown', async () => {
      ofRule('DescribeRule', 'SelftesterSchedule', { State: 'DISABLED' });
      expect(await found('schedule of the self-test')).toMatchObject({
        status: 'failed',
        fix: `aws events enable-rule --name ${rule('SelftesterSchedule')}`,
      });
    });
  });

  describe('the subscriptions', () => {
    test('given a route to which nobody is subscribed, then the route is named', async () => {
      account.change('ListSubscriptionsByTopic', (output, { TopicArn }) =>
        String(TopicArn).includes('Route') ? { Subscriptions: [] } : output,
      );
      expect(await found('subscriptions of the routes')).toMatchObject({
        status: 'failed',
        found: 'route payments: nobody is subscribed',
      });
      expect(await found('subscriptions of the alerts')).toMatchObject({ status: 'ok' });
    });

    test('given filter policies on all subscriptions, then the check fails', async () => {
      account.change('GetSubscriptionAttributes', () => ({
        Attributes: entry('FilterPolicy', '{"x":["y"]}'),
      }));
      expect(await found('subscriptions of the alerts')).toMatchObject({
        status: 'failed',
        found: 'email security@example.com receives only what a filter policy lets through',
        fix: expect.stringMatching(/^aws sns set-subscription-attributes --subscription-arn arn:\S+:1 /),
      });
    });

    test('given a filter policy on one of two subscriptions, then it warns', async () => {
      account.change('ListSubscriptionsByTopic', ({ Subscriptions }) => ({
        Subscriptions: [
          ...(Subscriptions as unknown[]),
          { SubscriptionArn: 'arn:2', Protocol: 'sqs', Endpoint: 'arn:aws:sqs:eu-west-3:123456789012:q' },
        ],
      }));
      account.change('GetSubscriptionAttributes', (output, { SubscriptionArn }) =>
        SubscriptionArn === 'arn:2' ? { Attributes: entry('FilterPolicy', '{"x":["y"]}') } : output,
      );
      expect(await found('subscriptions of the alerts')).toMatchObject({ status: 'warning' });
    });
  });
});
