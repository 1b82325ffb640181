import { CloudWatchClient, type MetricAlarm, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import { type Check, failed, ok, redeploy } from '../check';

/** The alarms exist, have an action, and none is in alarm. */
export const alarmCheck: Check = {
  name: 'alarms',
  async run(stack) {
    const alarms: MetricAlarm[] = [];
    const pages = paginateDescribeAlarms(
      { client: new CloudWatchClient({}) },
      { AlarmNamePrefix: `${stack.name}-` },
    );
    for await (const { MetricAlarms = [] } of pages) alarms.push(...MetricAlarms);
    if (alarms.length === 0) return failed(`no alarm begins with ${stack.name}-`, redeploy);
    const mute = alarms.filter(
      ({ ActionsEnabled, AlarmActions = [] }) => ActionsEnabled === false || AlarmActions.length === 0,
    );
    if (mute.length > 0) return failed(`${namesOf(mute)} would notify nobody`, redeploy);
    const raised = alarms.filter(({ StateValue }) => StateValue === 'ALARM');
    if (raised.length > 0)
      return failed(`in alarm: ${namesOf(raised)}`, 'docs/runbook.md has a section for each');
    return ok(`${alarms.length}, none in alarm`);
  },
};

function namesOf(alarms: readonly MetricAlarm[]): string {
  return alarms.map(({ AlarmName }) => AlarmName).join(', ');
}
