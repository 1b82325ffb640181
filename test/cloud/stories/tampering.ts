import type { FindingDocument } from '../../../lambda/detection/finding-document';
import type { Cloud } from '../cloud';
import { destructions } from '../tampering/destruction';
import { eventsTamperings } from '../tampering/events';
import { functionTamperings } from '../tampering/functions';
import { messageTamperings } from '../tampering/messages';
import { roleTamperings } from '../tampering/roles';
import { tableAndAlarmTamperings } from '../tampering/tables-and-alarms';
import type { OwnResources, Tampering } from '../tampering/tampering';
import { trailTamperings } from '../tampering/trail';

/** Calls against Layerwatch's own resources and its trail: each is notified as critical. */
export function tamperingStories(cloud: () => Cloud): void {
  test.each([
    ...trailTamperings,
    ...eventsTamperings,
    ...messageTamperings,
    ...tableAndAlarmTamperings,
    ...functionTamperings,
  ])('given $action, then it is notified as critical', (tampering) => expectNotified(tampering));

  test.each(roleTamperings)(
    'given $action, then it is notified as critical where CloudTrail records it',
    async (tampering) => {
      if (cloud().adapter.recordsGlobalCalls) await expectNotified(tampering);
    },
  );

  test('given a layer that is put on the detector itself, then it is notified as critical', async () => {
    const { workload } = cloud();
    const detector = cloud().functionNamed('Detector');
    const layer = await workload.publishLayer('parasite');
    await workload.setLayers(detector, [layer]);
    const { document } = await cloud()
      .message(detector, (each) => JSON.stringify(each).includes(layer))
      .finally(() => workload.setLayers(detector, []));
    expect(document.layerwatch.risk.band).toBe('critical');
  });

  test.each(destructions)('given $action, then it is notified as critical', async (tampering) => {
    if (cloud().adapter.stackIsDisposable) await expectNotified(tampering);
  });

  async function expectNotified({ action, attack, repair }: Tampering): Promise<void> {
    const own = ownResources(cloud());
    const startSecond = Math.floor(Date.now() / 1_000) * 1_000;
    await attack(own);
    const isAboutIt = (document: FindingDocument): boolean =>
      document.event.action.startsWith(action) && Date.parse(document['@timestamp']) >= startSecond;
    const timeoutMilliseconds = cloud().adapter.messageMilliseconds;
    const [message] = await cloud()
      .inbox.until(action, isAboutIt, { timeoutMilliseconds })
      .finally(() => repair?.(own));
    expect(message?.document.layerwatch).toMatchObject({
      change: { kind: 'tampering' },
      risk: { band: 'critical' },
    });
  }
}

function ownResources({ stack, adapter, functionNamed }: Cloud): OwnResources {
  const ruleName = (beginning: string) =>
    stack.physicalId('AWS::Events::Rule', beginning).split('/').at(-1) ?? '';
  return {
    trail: adapter.trail,
    detector: functionNamed('Detector'),
    sweeper: functionNamed('Sweeper'),
    sweeperRole: stack.physicalId('AWS::IAM::Role', 'SweeperRole'),
    scheduleRule: ruleName('SweeperSchedule'),
    lifecycleRule: ruleName('LayerRuleLifecycle'),
    topicArn: stack.physicalId('AWS::SNS::Topic', 'Alerts'),
    alertTable: stack.physicalId('AWS::DynamoDB::Table', 'TablesAlerts'),
    failedEventsUrl: stack.physicalId('AWS::SQS::Queue', 'QueuesFailedEvents'),
    undeliveredEventsUrl: stack.physicalId('AWS::SQS::Queue', 'QueuesUndeliveredEvents'),
    alarm: stack.physicalId('AWS::CloudWatch::Alarm', 'AlarmsSweepGap'),
  };
}
