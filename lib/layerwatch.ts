import { Annotations, Stack } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as events from 'aws-cdk-lib/aws-events';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { LayerwatchConfiguration } from '../config/configuration';
import { parseSettings } from '../config/schema';
import { alertTable } from '../lambda/contract';
import { factorIds } from '../lambda/detection/risk';
import type { Route, StackSettings } from '../lambda/detection/settings';
import { Alarms } from './constructs/alarms';
import { AlertTables } from './constructs/alert-tables';
import { Dashboard } from './constructs/dashboard';
import { DeadLetterQueues } from './constructs/dead-letter-queues';
import { DetectorFunction } from './constructs/detector-function';
import { LayerRule } from './constructs/layer-rule';
import { NotificationTopic } from './constructs/notification-topic';
import { allow, throughServices } from './constructs/role-statements';
import { SelftesterFunction } from './constructs/selftester-function';
import { SlackChannel } from './constructs/slack-channel';
import { SweeperFunction } from './constructs/sweeper-function';
import { HubBus } from './organization/hub-bus';

export interface LayerwatchProps {
  /**
   * What `layerwatch.config.json` may hold. It is checked when the construct is made.
   *
   * @default - the defaults of every key: alerts are stored, and nobody is subscribed to them
   */
  readonly configuration?: LayerwatchConfiguration;

  /**
   * Key that encrypts tables, topics, queues and logs. Its policy has to let CloudWatch, EventBridge and CloudWatch Logs use it
   * (docs/kms-key-policy.md).
   *
   * @default - the key that `configuration.kmsKeyArn` names, else keys that AWS owns
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * File of the detector's handler.
   *
   * @default - the detector of this package
   * @internal
   */
  readonly detectorEntry?: string | undefined;
}

/**
 * Tells who put which layer on which Lambda function of this account and region: EventBridge rules, the detector, the sweeper, the
 * tables, the topic and the alarms.
 *
 * CloudFormation names what it makes after the stack. A call that changes a resource of the stack counts as tampering with
 * Layerwatch, so give it a stack that holds little else.
 */
export class Layerwatch extends Construct {
  /** Alerts, by id, with indexes by day, by function, by actor and of those that were not delivered. */
  readonly alertTable: dynamodb.Table;

  /** Topic that tells of alerts; subscribe to it whatever takes messages of SNS. */
  readonly alertTopic: sns.ITopic;

  /** Topics of the routes, by the routes' names. */
  readonly routeTopics: ReadonlyMap<string, sns.ITopic>;

  /** The function that decides. */
  readonly detector: lambda.IFunction;

  /** The function that catches what the events missed. */
  readonly sweeper: lambda.IFunction;

  /** Bus to which the forwarders of the organization's accounts send; only where `configuration.organization` is set. */
  readonly hubBus: events.EventBus | undefined;

  /** Alarms on everything that can keep a layer change from being told. */
  readonly alarms: readonly cloudwatch.Alarm[];

  /** @throws {SettingsError} for a configuration that is wrong, with every problem at once */
  constructor(scope: Construct, id: string, props: LayerwatchProps = {}) {
    super(scope, id);
    const { detection, stack: settings } = parseSettings(props.configuration ?? {}, today(), {
      knownFactors: factorIds,
      refuseExpired: true,
    });
    const encryptionKey = props.encryptionKey ?? this.keyOf(settings);

    const tables = new AlertTables(this, 'Tables', { encryptionKey });
    const queues = new DeadLetterQueues(this, 'Queues', { encryptionKey });
    const alerts = new NotificationTopic(this, 'Alerts', {
      displayName: 'Layerwatch',
      email: settings.email,
      encryptionKey,
    });
    this.routeTopics = this.topicsOf(detection.routes, encryptionKey);
    const common = {
      tables,
      topic: alerts.topic,
      routeTopics: this.routeTopics,
      settings: detection,
      exports: settings,
      encryptionKey,
    };
    const detector = new DetectorFunction(this, 'Detector', {
      ...common,
      failureQueue: queues.failedEvents,
      entry: props.detectorEntry,
    });
    const { rule } = new LayerRule(this, 'LayerRule', {
      detector: detector.function,
      deadLetterQueue: queues.undeliveredEvents,
    });
    const { organization } = detection;
    this.hubBus =
      organization === undefined
        ? undefined
        : new HubBus(this, 'Hub', {
            organizationId: organization.id,
            detector: detector.function,
            deadLetterQueue: queues.undeliveredEvents,
          }).bus;
    const isTested = settings.selftest === true;
    const sweeper = new SweeperFunction(this, 'Sweeper', { ...common, watchesSelftest: isTested });
    const selftester = isTested ? new SelftesterFunction(this, 'Selftester', common) : undefined;
    const tell = this.alarmTopic(settings, encryptionKey) ?? alerts;
    const alarms = new Alarms(this, 'Alarms', {
      detector: detector.function,
      sweeper: sweeper.function,
      selftester: selftester?.function,
      exportsFindings: settings.securityHub === true || settings.findingsBusArn !== undefined,
      readsMembers: organization?.externalId !== undefined,
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
    this.warnIfNoSubscriber(settings);

    this.alertTable = tables.alerts;
    this.alertTopic = alerts.topic;
    this.detector = detector.function;
    this.sweeper = sweeper.function;
    this.alarms = alarms.all;
  }

  /**
   * Lets somebody read alerts, by id and by every index.
   *
   * @param grantee who may read
   */
  grantReadAlerts(grantee: iam.IGrantable): void {
    const { tableArn } = this.alertTable;
    const indexes = Object.values(alertTable.indexes).map(({ name }) => `${tableArn}/index/${name}`);
    grantee.grantPrincipal.addToPrincipalPolicy(
      allow(['dynamodb:GetItem', 'dynamodb:Query'], [tableArn, ...indexes]),
    );
    const { encryptionKey } = this.alertTable;
    if (encryptionKey === undefined) return;
    const { region } = Stack.of(this);
    grantee.grantPrincipal.addToPrincipalPolicy(
      allow(['kms:Decrypt'], [encryptionKey.keyArn], throughServices(['dynamodb'], region)),
    );
  }

  private keyOf({ kmsKeyArn }: StackSettings): kms.IKey | undefined {
    return kmsKeyArn === undefined ? undefined : kms.Key.fromKeyArn(this, 'Key', kmsKeyArn);
  }

  private topicsOf(
    routes: readonly Route[],
    encryptionKey: kms.IKey | undefined,
  ): ReadonlyMap<string, sns.ITopic> {
    return new Map(
      routes.map(({ name, email }) => {
        const displayName = `Layerwatch ${name}`;
        const { topic } = new NotificationTopic(this, `Route${name}`, { displayName, email, encryptionKey });
        return [name, topic];
      }),
    );
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

  private warnIfNoSubscriber(settings: StackSettings): void {
    if (settings.email !== undefined || settings.slack !== undefined) return;
    Annotations.of(this).addWarningV2(
      'layerwatch:nobody-subscribed',
      'neither email nor slack is set, so alerts are stored and nobody is told; set one, for example -c email=security@example.com, or subscribe to the topic yourself',
    );
  }
}

/** `YYYY-MM-DD`, UTC. */
function today(): string {
  return new Date().toISOString().slice(0, 10);
}
