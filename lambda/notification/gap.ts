import type { Notification } from '../ports';
import { formatTime } from '../text/time';
import { plainSlack } from './slack';

/** Notifies of hours that no sweep read and none can read any more. */
export function gapNotification({ from, to }: { readonly from: Date; readonly to: Date }): Notification {
  const [start, end] = [from, to].map((time) => formatTime(time, 'UTC'));
  const text = [
    "Layerwatch did not read CloudTrail's event history of some hours, and cannot read it any more.",
    '',
    `From: ${start}`,
    `To: ${end}`,
    'Effect: what EventBridge delivered in these hours was handled; what it lost was not.',
    '',
    'Check',
    '1. Replay these hours from the logs of the trail:',
    '   npx layerwatch replay ./AWSLogs',
    '2. Why did the sweeper not run? See its log, and the alarm SweeperErrors.',
  ].join('\n');
  const machine = JSON.stringify({
    event: { kind: 'gap' },
    layerwatch: { gap: { from: from.toISOString(), to: to.toISOString() } },
  });
  return {
    alertId: `gap-${from.toISOString()}`,
    subject: `GAP: ${from.toISOString().slice(0, 16)} to ${to.toISOString().slice(0, 16)} UTC`,
    bodies: {
      default: text,
      email: text,
      https: plainSlack(text),
      sqs: machine,
      lambda: machine,
      firehose: machine,
    },
  };
}
