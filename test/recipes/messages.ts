import { SNSClient } from '@aws-sdk/client-sns';
import { SnsPublisher } from '../../lambda/aws/sns-publisher';
import type { FindingDocument } from '../../lambda/detection/finding-document';
import { digestNotification } from '../../lambda/notification/digest';
import { gapNotification } from '../../lambda/notification/gap';
import { plainNotification, renderNotification } from '../../lambda/notification/message';
import type { Notification } from '../../lambda/ports';
import { sampleDocuments } from '../../scripts/standards/documents';
import { LoopbackTopic } from '../harness/loopback-topic';

const topicArn = 'arn:aws:sns:eu-west-3:123456789012:Layerwatch-Alerts';
const sentAt = '2026-10-06T21:14:10.000Z';

export const kinds = ['alert', 'digest', 'gap', 'plain'] as const;
export type MessageKind = (typeof kinds)[number];

/** A message as SNS hands it to a subscriber. */
export interface SubscriberMessage {
  readonly subject: string;
  /** Body for a Lambda function, in its event, and for a queue with raw delivery. */
  readonly body: string;
}

/** The gravest alert of the sample run. Its time of judgement is that of the run, so it is set. */
export function sampleFinding(): FindingDocument {
  const [gravest] = [...sampleDocuments()].sort((a, b) => b.event.risk_score - a.event.risk_score);
  if (gravest === undefined) throw new Error('the sample run has no alert');
  return { ...gravest, event: { ...gravest.event, created: sentAt } };
}

/** One message of each kind, as the publisher of the functions sends it. */
export async function publishedMessages(
  finding: FindingDocument,
): Promise<Readonly<Record<MessageKind, SubscriberMessage>>> {
  const topic = await LoopbackTopic.start();
  const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' };
  const client = new SNSClient({ region: 'eu-west-3', endpoint: topic.endpoint, credentials });
  const observer = { info() {}, warn() {}, count() {}, milliseconds() {} };
  const publisher = new SnsPublisher(client, topicArn, new Map(), observer);
  const published = async (notification: Notification): Promise<SubscriberMessage> => {
    await publisher.publish(notification);
    const { subject = '', bodies = {} } = topic.published.at(-1) ?? {};
    return { subject, body: bodies['sqs'] ?? '' };
  };
  return {
    alert: await published(renderNotification(finding, {})),
    digest: await published(digest(finding)),
    gap: await published(gapNotification({ from: new Date(0), to: new Date(3_600_000) })),
    plain: await published(plainNotification(finding.layerwatch.alert_id)),
  };
}

function digest({ layerwatch }: FindingDocument): Notification {
  const { alert_id: alertId, target, risk, first_seen: firstSeen } = layerwatch;
  const withheld = { alertId, actor: 'role', targetArn: target.arn ?? '', band: risk.band, firstSeen };
  return digestNotification({
    withheld: [withheld],
    isAll: true,
    now: new Date(sentAt),
    alertTable: undefined,
    accountNames: new Map(),
  });
}

/** The event that SNS invokes a function with (Lambda, "Using AWS Lambda with Amazon SNS"). */
export function snsEvent({ subject, body }: SubscriberMessage): unknown {
  return {
    Records: [
      {
        EventVersion: '1.0',
        EventSubscriptionArn: `${topicArn}:21be56ed-a058-49f5-8c98-aedd2564c486`,
        EventSource: 'aws:sns',
        Sns: {
          SignatureVersion: '1',
          Timestamp: sentAt,
          Signature: 'EXAMPLE',
          SigningCertUrl: 'EXAMPLE',
          MessageId: '95df01b4-ee98-5cb9-9903-4c221d41eb5e',
          Message: body,
          MessageAttributes: {},
          Type: 'Notification',
          UnsubscribeUrl: 'EXAMPLE',
          TopicArn: topicArn,
          Subject: subject,
        },
      },
    ],
  };
}
