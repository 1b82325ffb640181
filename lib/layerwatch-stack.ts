import { Annotations, CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { stackOutput } from '../lambda/contract';
import type { Settings, StackSettings } from '../lambda/detection/settings';
import { Alarms } from './constructs/alarms';
import { AlertTables } from './constructs/alert-tables';
import { Dashboard } from './constructs/dashboard';
import { DeadLetterQueues } from './constructs/dead-letter-queues';
import { DetectorFunction } from './constructs/detector-function';
import { LayerRule } from './constructs/layer-rule';
import { NotificationTopic } from './constructs/notification-topic';
import { SelftesterFunction } from './constructs/selftester-function';
import { SlackChannel } from './constructs/slack-channel';
import { SweeperFunction } from './constructs/sweeper-function';

export interface LayerwatchStackProps extends StackProps {
  /** What the configuration says. */
  readonly settings: Settings;

  /**
   * File of the detector's handler.
   *
   * @default - lambda/detector.ts
   */
  readonly detectorEntry?: string;
}

/** Layerwatch for one account and region. */
export class LayerwatchStack extends Stack {
  constructor(scope: Construct, id: string, props: LayerwatchStackProps) {
    super(scope, id, {
      description: 'Layerwatch: tells who put which layer on which Lambda function',
      ...props,
    });
    const settings = props.settings.stack;
    const encryptionKey =
      settings.kmsKeyArn === undefined ? undefined : kms.Key.fromKeyArn(this, 'Key', settings.kmsKeyArn);

    const tables = new AlertTables(this, 'Tables', { encryptionKey });
    const queues = new DeadLetterQueues(this, 'Queues', { encryptionKey });
    const alerts = new NotificationTopic(this, 'Alerts', {
      displayName: 'Layerwatch',
      email: settings.email,
      encryptionKey,
    });
    const detector = new DetectorFunction(this, 'Detector', {
      tables,
      topic: alerts.topic,
      failureQueue: queues.failedEvents,
      settings: props.settings.detection,
      encryptionKey,
      entry: props.detectorEntry,
    });
    const { rule } = new LayerRule(this, 'LayerRule', {
      detector: detector.function,
      deadLetterQueue: queues.undeliveredEvents,
    });
    const sweeper = new SweeperFunction(this, 'Sweeper', {
      tables,
      topic: alerts.topic,
      settings: props.settings.detection,
      encryptionKey,
      watchesSelftest: settings.selftest === true,
    });
    const selftester =
      settings.selftest === true
        ? new SelftesterFunction(this, 'Selftester', {
            tables,
            topic: alerts.topic,
            settings: props.settings.detection,
            encryptionKey,
          })
        : undefined;
    const tell = this.alarmTopic(settings, encryptionKey) ?? alerts;
    new Alarms(this, 'Alarms', {
      detector: detector.function,
      sweeper: sweeper.function,
      selftester: selftester?.function,
      rule,
      queues,
      alertTopic: alerts.topic,
      tell,
    });
    new Dashboard(this, 'Dashboard', {
      detector: detector.function,
      sweeper: sweeper.function,
      queues,
      tables,
    });
    this.addSlack(settings, [...new Set([alerts.topic, tell.topic])]);

    this.warnIfNobodyIsTold(settings);
    new CfnOutput(this, stackOutput.alertTableName, { value: tables.alerts.tableName });
    new CfnOutput(this, stackOutput.alertTopicArn, { value: alerts.topic.topicArn });
    new CfnOutput(this, stackOutput.detectorFunctionName, { value: detector.function.functionName });
  }

  /** Apart from the alerts, so that trouble with their topic is still told. */
  private alarmTopic(
    settings: StackSettings,
    encryptionKey: kms.IKey | undefined,
  ): NotificationTopic | undefined {
    if (settings.alarmEmail === undefined) return undefined;
    return new NotificationTopic(this, 'AlarmNotices', {
      displayName: 'Layerwatch alarms',
      email: settings.alarmEmail,
      encryptionKey,
    });
  }

  private addSlack(
    settings: StackSettings,
    topics: ConstructorParameters<typeof SlackChannel>[2]['topics'],
  ): void {
    if (settings.slack !== undefined) new SlackChannel(this, 'Slack', { ...settings.slack, topics });
  }

  private warnIfNobodyIsTold(settings: StackSettings): void {
    if (settings.email !== undefined || settings.slack !== undefined) return;
    Annotations.of(this).addWarningV2(
      'layerwatch:nobody-subscribed',
      'neither email nor slack is set, so alerts are stored and nobody is told; set one, for example -c email=security@example.com, or subscribe to the topic yourself',
    );
  }
}
