import { Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as events from 'aws-cdk-lib/aws-events';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { LayerwatchConfiguration } from '../config/configuration';
import { SettingsError } from '../config/problems';
import { parseSettings } from '../config/schema';
import { metric } from '../lambda/contract';
import type { Band } from '../lambda/detection/band';
import { factorIds } from '../lambda/detection/risk';
import type { Settings, StackSettings } from '../lambda/detection/settings';
import { Alarms } from './constructs/alarms';
import { AlertTables } from './constructs/alert-tables';
import { acknowledgeDependsOn } from './constructs/cfn-lint';
import { Dashboard } from './constructs/dashboard';
import { DeadLetterQueues } from './constructs/dead-letter-queues';
import { addFunctions, exportsFindings } from './constructs/functions';
import { letServicesUse } from './constructs/key-statements';
import { LayerRule } from './constructs/layer-rule';
import { layerwatchMetric } from './constructs/metrics';
import { addNotificationTopics } from './constructs/notification-topic';
import { OutsideWatch } from './constructs/outside-watch';
import { ownResources } from './constructs/own-resources';
import { SlackChannel } from './constructs/slack-channel';
import { TrailQueues } from './constructs/trail-queues';
import {
  alertStatements,
  auditStatements,
  type CommandTargets,
  learnStatements,
  type RestoreOptions,
  redriveStatements,
  restoreStatements,
  triageStatements,
} from './constructs/user-statements';
import { HubBus } from './organization/hub-bus';
import { warnIfNobodySubscribed, warnOfExpiredExceptions } from './warnings';

export interface LayerwatchProps {
  /**
   * What `layerwatch.config.json` may hold. It is checked when the construct is created.
   *
   * @default - the defaults of every key: alerts are stored, and nobody is subscribed to them
   */
  readonly configuration?: LayerwatchConfiguration;

  /**
   * Key that encrypts tables, topics, queues and logs. The policy of a key of the same app is extended for CloudWatch, EventBridge and
   * CloudWatch Logs; that of another key has to let them use it (docs/kms-key-policy.md).
   *
   * @default - the key that `configuration.kmsKeyArn` names, else keys that AWS owns
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Event bus that receives each alert as an OCSF Detection Finding; of this account, or of another one whose bus admits the roles of the
   * detector and the sweeper.
   *
   * @default - the bus that `configuration.findingsBusArn` names, else none
   */
  readonly findingsBus?: events.IEventBus;
}

/**
 * Detects who put which layer on which Lambda function of this account and region: EventBridge rules, the detector, the sweeper, the
 * tables, the topics, the alarms and a dashboard. For TypeScript and JavaScript only.
 *
 * CloudFormation names resources after their stack. A call that changes a resource of the stack counts as tampering with
 * Layerwatch, so give it a stack that holds little else.
 *
 * @example
 * const layerwatch = new Layerwatch(stack, 'Layerwatch', {
 *   configuration: { email: 'security@example.com', trustedAccounts: ['111122223333'] },
 * });
 * layerwatch.grantReadAlerts(analyst);
 * new cloudwatch.Alarm(stack, 'CriticalAlert', {
 *   metric: layerwatch.metricAlerts('critical'),
 *   threshold: 1,
 *   evaluationPeriods: 1,
 * });
 */
export class Layerwatch extends Construct {
  /** The alerts, by id, with indexes by day, by function, by actor, and one of the alerts whose notification is unfinished. */
  readonly alertTable: dynamodb.ITable;

  /** What the detector remembers: layers of each function, what was seen before, the notification budget. */
  readonly stateTable: dynamodb.ITable;

  /** Topic of the alerts; every kind of SNS subscription gets a message in its own form. */
  readonly alertTopic: sns.ITopic;

  /** Topics of the routes, by the routes' names. */
  readonly routeTopics: ReadonlyMap<string, sns.ITopic>;

  /** Topic of the alarms; `configuration.alarmEmail`, else `configuration.email`, is subscribed to it. */
  readonly alarmTopic: sns.ITopic;

  /** The function that decides on each event. */
  readonly detector: lambda.IFunction;

  /** The function that catches every ten minutes what the events missed. */
  readonly sweeper: lambda.IFunction;

  /** The function that reads the trail's bucket; only where `configuration.trailBucket` is set. */
  readonly logReader: lambda.IFunction | undefined;

  /** Queue that is to be notified of the objects of the trail's bucket; only where `configuration.trailBucket` is set. */
  readonly trailObjectsQueue: sqs.IQueue | undefined;

  /** Dead-letter queue of the rules: events that EventBridge could not deliver to the detector. */
  readonly undeliveredEventsQueue: sqs.IQueue;

  /** Dead-letter queue of the detector: reports of events on which it failed each time. */
  readonly failedEventsQueue: sqs.IQueue;

  /** Bus to which the forwarders of the organization's accounts send; only where `configuration.organization` is set. */
  readonly hubBus: events.IEventBus | undefined;

  /** One alarm for each way in which a layer change could go unnoticed. */
  readonly alarms: readonly cloudwatch.IAlarm[];

  private readonly targets: CommandTargets;

  /** @throws {SettingsError} for a configuration that is wrong, with every problem at once */
  constructor(scope: Construct, id: string, props: LayerwatchProps = {}) {
    super(scope, id);
    refuseSecond(this);
    const settings = withFindingsBus(
      parseSettings(props.configuration ?? {}, today(), { knownFactors: factorIds }),
      props.findingsBus,
    );
    const encryptionKey = props.encryptionKey ?? this.importedKey(settings.stack);
    if (encryptionKey !== undefined) letServicesUse(encryptionKey, this);
    const tables = new AlertTables(this, 'Tables', { encryptionKey });
    const queues = new DeadLetterQueues(this, 'Queues', { encryptionKey });
    const trailQueues = this.addTrailQueues(settings.stack, encryptionKey);
    const topics = addNotificationTopics(this, settings, encryptionKey);
    const functions = addFunctions(this, settings, {
      tables,
      topic: topics.alerts.topic,
      alarmTopic: topics.alarms.topic,
      routeTopics: topics.routes,
      failureQueue: queues.failedEvents,
      trailQueues,
      encryptionKey,
    });
    const target = { detector: functions.detector, deadLetterQueue: queues.undeliveredEvents };
    const layerRule = new LayerRule(this, 'LayerRule', {
      ...target,
      takesWorkflow: settings.stack.securityHub === true,
    });
    const { organization } = settings.detection;
    const hub = organization && new HubBus(this, 'Hub', { organizationId: organization.id, ...target });
    this.hubBus = hub?.bus;
    const alarms = new Alarms(this, 'Alarms', {
      ...functions,
      exportsFindings: exportsFindings(settings.stack),
      hasForwarders: organization !== undefined,
      readsMemberAccounts: organization?.externalId !== undefined,
      rules: [...layerRule.all, hub?.rule].filter((rule) => rule !== undefined),
      queues,
      trailQueues,
      alertTopics: [topics.alerts.topic, ...topics.routes.values()],
      alarmTopic: topics.alarms,
    });
    // Among the last, because it would bring what the first deployment makes after it as tampering.
    layerRule.tamperingRule.node.addDependency(functions.sweeper, ...alarms.notOfRules);
    const allTopics = [topics.alerts.topic, topics.alarms.topic, ...topics.routes.values()];
    const outside = new OutsideWatch(this, 'Outside', {
      resources: ownResources(this, {
        functions,
        layerRule,
        queues,
        trailQueues,
        tables,
        topics: allTopics,
        encryptionKey,
        hubBus: this.hubBus,
      }),
      topic: topics.alarms.topic,
      deadLetterQueue: queues.undeliveredEvents,
    });
    // So that the calls of the first deployment itself send no messages.
    outside.node.addDependency(alarms, layerRule, functions.detector, functions.sweeper);
    acknowledgeDependsOn(outside);
    new Dashboard(this, 'Dashboard', { ...functions, queues, tables });
    this.addSlackChannel(settings.stack, [topics.alerts.topic, topics.alarms.topic]);
    warnIfNobodySubscribed(this, settings.stack);
    warnOfExpiredExceptions(this, settings.detection.exceptions, today());

    this.alertTable = tables.alerts;
    this.stateTable = tables.state;
    this.alertTopic = topics.alerts.topic;
    this.routeTopics = topics.routes;
    this.alarmTopic = topics.alarms.topic;
    this.detector = functions.detector;
    this.sweeper = functions.sweeper;
    this.logReader = functions.logReader;
    this.trailObjectsQueue = trailQueues?.objects;
    this.undeliveredEventsQueue = queues.undeliveredEvents;
    this.failedEventsQueue = queues.failedEvents;
    this.alarms = alarms.all;
    this.targets = {
      scope: this,
      alerts: tables.alerts,
      state: tables.state,
      detector: functions.detector,
      logReader: functions.logReader,
      functions: functions.all,
      topics: allTopics,
      deadLetterQueues: [queues.undeliveredEvents, queues.failedEvents, trailQueues?.undecidedObjects].filter(
        (queue) => queue !== undefined,
      ),
      exports: settings.stack,
    };
  }

  /**
   * Lets a principal read alerts, by id and by every index.
   *
   * @param grantee who may read
   */
  grantReadAlerts(grantee: iam.IGrantable): void {
    grantAll(grantee, alertStatements(this.targets));
  }

  /**
   * Lets a principal use `alerts`, `show`, `open`, `where`, `report` and `doctor`. It may change nothing.
   *
   * @param grantee an auditor
   */
  grantRead(grantee: iam.IGrantable): void {
    grantAll(grantee, auditStatements(this.targets));
  }

  /**
   * Lets a principal use `alerts`, `show`, `open`, `where`, `report`, `ack`, `close`, `reopen` and `assign`.
   *
   * @param grantee an analyst
   */
  grantTriage(grantee: iam.IGrantable): void {
    grantAll(grantee, triageStatements(this.targets));
  }

  /**
   * Lets a principal use `restore`, and what `grantTriage` grants. It may then set the layers of functions and delete versions of layers.
   *
   * @param grantee a responder
   * @param options by default every function and layer of the account and region
   */
  grantRestore(grantee: iam.IGrantable, options: RestoreOptions = {}): void {
    grantAll(grantee, restoreStatements(this.targets, options));
  }

  /**
   * Lets a principal use `redrive`.
   *
   * @param grantee a responder
   */
  grantRedrive(grantee: iam.IGrantable): void {
    grantAll(grantee, redriveStatements(this.targets));
  }

  /**
   * Lets a principal use `init` and `learn`. It may then write what Layerwatch counts as known.
   *
   * @param grantee who sets Layerwatch up
   */
  grantLearn(grantee: iam.IGrantable): void {
    grantAll(grantee, learnStatements(this.targets));
  }

  /**
   * Metric for the number of new alerts, notified or not; repeats that were folded into an alert do not count.
   *
   * @param severity counts the alerts of this severity only
   * @param options by default the sum over 5 minutes
   * @default - alerts of every severity
   */
  metricAlerts(severity?: Band, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    const of =
      severity === undefined
        ? layerwatchMetric(metric.alertsCreated, options)
        : layerwatchMetric(metric.alertsByBand, options, { band: severity });
    return of.attachTo(this);
  }

  /**
   * Metric for the number of notifications that the notification budget withheld; the sweep sends one digest of them.
   *
   * @param options by default the sum over 5 minutes
   */
  metricWithheld(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return layerwatchMetric(metric.withheld, options).attachTo(this);
  }

  /**
   * Metric for the time from a call to its notification, in milliseconds.
   *
   * @param options by default the average over 5 minutes
   */
  metricEventToNotification(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    const average = { statistic: cloudwatch.Stats.AVERAGE, ...options };
    return layerwatchMetric(metric.eventToNotification, average).attachTo(this);
  }

  private importedKey({ kmsKeyArn }: StackSettings): kms.IKey | undefined {
    return kmsKeyArn === undefined ? undefined : kms.Key.fromKeyArn(this, 'Key', kmsKeyArn);
  }

  private addTrailQueues(
    { trailBucket: trail }: StackSettings,
    encryptionKey: kms.IKey | undefined,
  ): TrailQueues | undefined {
    return trail === undefined ? undefined : new TrailQueues(this, 'Trail', { trail, encryptionKey });
  }

  private addSlackChannel({ slack }: StackSettings, topics: readonly sns.ITopic[]): void {
    if (slack !== undefined) new SlackChannel(this, 'Slack', { ...slack, topics: [...new Set(topics)] });
  }
}

/** @throws {SettingsError} where the stack has a Layerwatch already: alarms, dashboard and bus are named after the stack */
function refuseSecond(layerwatch: Layerwatch): void {
  const stack = Stack.of(layerwatch);
  const other = stack.node
    .findAll()
    .find((each) => each instanceof Layerwatch && each !== layerwatch && Stack.of(each) === stack);
  if (other === undefined) return;
  const text = `stack ${stack.stackName} already has a Layerwatch, ${other.node.path}; give ${layerwatch.node.path} a stack of its own, because alarms, dashboard and bus are named after the stack`;
  throw new SettingsError('settings-invalid', [{ key: layerwatch.node.id, text }]);
}

/** @throws {SettingsError} where the configuration names a bus too */
function withFindingsBus(settings: Settings, bus: events.IEventBus | undefined): Settings {
  if (bus === undefined) return settings;
  const { findingsBusArn } = settings.stack;
  if (findingsBusArn !== undefined) {
    const text = `there are two buses, findingsBusArn "${findingsBusArn}" and the property findingsBus; give one of the two`;
    throw new SettingsError('settings-invalid', [{ key: 'findingsBusArn', text }]);
  }
  return { ...settings, stack: { ...settings.stack, findingsBusArn: bus.eventBusArn } };
}

function grantAll({ grantPrincipal }: iam.IGrantable, statements: readonly iam.PolicyStatement[]): void {
  for (const statement of statements) grantPrincipal.addToPrincipalPolicy(statement);
}

/** `YYYY-MM-DD`, UTC. */
function today(): string {
  return new Date().toISOString().slice(0, 10);
}
