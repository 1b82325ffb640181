import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Settings } from '../../lambda/detection/settings';

export interface NotificationTopicProps {
  /** Sender's name in emails. */
  readonly displayName: string;

  /**
   * Address that is subscribed; its owner has to confirm by the link that SNS sends.
   *
   * @default - nobody is subscribed by the stack
   */
  readonly email?: string | undefined;

  /**
   * Key that encrypts messages at rest.
   *
   * @default - none: the policy of the key that AWS manages (alias/aws/sns) lets no CloudWatch alarm publish, and it
   * cannot be changed
   */
  readonly encryptionKey?: kms.IKey | undefined;
}

/** A topic that takes messages over TLS only. */
export class NotificationTopic extends Construct {
  readonly topic: sns.Topic;

  constructor(scope: Construct, id: string, props: NotificationTopicProps) {
    super(scope, id);
    this.topic = new sns.Topic(this, 'Topic', {
      displayName: props.displayName,
      enforceSSL: true,
      signatureVersion: '2',
      ...(props.encryptionKey !== undefined && { masterKey: props.encryptionKey }),
    });
    if (props.email !== undefined)
      this.topic.addSubscription(new subscriptions.EmailSubscription(props.email));
  }

  /** Lets CloudWatch publish, because a topic's own policy replaces the default one, which would. */
  allowAlarms(): void {
    const stack = Stack.of(this);
    this.topic.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'AllowAlarmsOfThisAccount',
        principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: {
          ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'cloudwatch', resource: 'alarm:*' }) },
          StringEquals: { 'aws:SourceAccount': stack.account },
        },
      }),
    );
  }
}

/** The topics of a stack. */
export interface NotificationTopics {
  readonly alerts: NotificationTopic;
  /** By the routes' names. */
  readonly routes: ReadonlyMap<string, sns.ITopic>;
  /** A topic of its own, so that an alarm about the alert topic arrives. */
  readonly alarms: NotificationTopic;
}

/** Adds the topics, each with the subscriber that the settings name. */
export function addNotificationTopics(
  scope: Construct,
  { detection, stack: { email, alarmEmail } }: Settings,
  encryptionKey: kms.IKey | undefined,
): NotificationTopics {
  const add = (id: string, displayName: string, address: string | undefined) =>
    new NotificationTopic(scope, id, { displayName, email: address, encryptionKey });
  const alerts = add('Alerts', 'Layerwatch', email);
  const routes = detection.routes.map(
    (route) =>
      [route.name, add(`Route${route.name}`, `Layerwatch ${route.name}`, route.email).topic] as const,
  );
  const alarms = add('AlarmNotices', 'Layerwatch alarms', alarmEmail ?? email);
  return { alerts, routes: new Map(routes), alarms };
}
