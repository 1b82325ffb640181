import { DisableRuleCommand, EnableRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import {
  DeleteFunctionConcurrencyCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import { AlarmInbox } from '../alarm-inbox';
import type { Cloud } from '../cloud';

/** What the topic of the alarms gets while the detector itself may not run. */
export function outsideStories(cloud: () => Cloud): void {
  let inbox: AlarmInbox;
  let stopped: string;

  beforeAll(async () => {
    const { adapter, stack, cleanup } = cloud();
    const topic = stack.physicalId('AWS::SNS::Topic', 'AlarmNotices');
    inbox = await AlarmInbox.subscribe(topic, `${adapter.prefix}alarms`, cleanup);
    stopped = cloud().functionNamed('Detector');
    await new LambdaClient({}).send(
      new PutFunctionConcurrencyCommand({ FunctionName: stopped, ReservedConcurrentExecutions: 0 }),
    );
  });
  afterAll(() => new LambdaClient({}).send(new DeleteFunctionConcurrencyCommand({ FunctionName: stopped })));

  const received = (...parts: readonly string[]) => inbox.until(parts, cloud().adapter.messageMilliseconds);

  test('given a detector that may not run, then EventBridge reports that', async () => {
    const text = await received('PutFunctionConcurrency', stopped);
    expect(text).toContain('Layerwatch may be blind or silent: ');
    expect(text).toMatch(/Who: arn:aws:.* from .*When: \d{4}-/);
  });

  test('given a rule that is disabled meanwhile, then EventBridge reports that', async () => {
    const events = new EventBridgeClient({});
    const Name = cloud().stack.physicalId('AWS::Events::Rule', 'LayerRuleLifecycle').split('/').at(-1) ?? '';
    await events.send(new DisableRuleCommand({ Name }));
    const text = await received('DisableRule', Name).finally(() =>
      events.send(new EnableRuleCommand({ Name })),
    );
    expect(text).toContain('EventBridge sent this message without the code of Layerwatch.');
  });

  test('given the rule that watches rules, then another reports that it is disabled', async () => {
    const events = new EventBridgeClient({});
    const Name = cloud().stack.physicalId('AWS::Events::Rule', 'OutsideRules').split('/').at(-1) ?? '';
    await events.send(new DisableRuleCommand({ Name }));
    const text = await received('DisableRule', Name).finally(() =>
      events.send(new EnableRuleCommand({ Name })),
    );
    expect(text).toBeDefined();
  });
}
