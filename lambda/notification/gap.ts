import type { Notification } from '../ports';
import { plainSlack } from './slack';

/** Tells of hours that no sweep looked through and none can any more. */
export function gapNotification({ from, to }: { readonly from: Date; readonly to: Date }): Notification {
  const hours = `${from.toISOString()} and ${to.toISOString()}`;
  const text = [
    `Layerwatch did not look through CloudTrail's event history between ${hours}, and cannot do so any more.`,
    '',
    'Events that EventBridge delivered in these hours were handled; those that it lost were not.',
    '',
    'Check    Replay these hours from the logs of the trail: npx layerwatch replay ./AWSLogs',
    '         Why did the sweeper not run? Its log and the alarm SweeperErrors tell.',
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
