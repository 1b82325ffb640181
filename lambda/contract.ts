/**
 * Names that the infrastructure and the handlers share, so that a template and its code cannot drift.
 */

/** Environment variables of the functions. */
export const environmentVariable = {
  alertTable: 'ALERT_TABLE_NAME',
  stateTable: 'STATE_TABLE_NAME',
  alertTopic: 'ALERT_TOPIC_ARN',
  settingsFile: 'SETTINGS_FILE',
  /** Beginning of the names of Layerwatch's own resources. */
  stackName: 'STACK_NAME',
  /** ARN of the topic of the alarms; only on the sweeper. */
  alarmTopic: 'ALARM_TOPIC_ARN',
  /** Logical ids of the own resources whose names CloudFormation may cut, as a JSON list. */
  ownLogicalIds: 'OWN_LOGICAL_IDS',
  /** ARN of the key that encrypts the own resources; only where there is one. */
  ownKey: 'OWN_KEY_ARN',
  /** ARNs of the routes' topics by the routes' names, as JSON; only where there are routes. */
  routeTopics: 'ROUTE_TOPIC_ARNS',
  /** Set where findings go to AWS Security Hub. */
  securityHub: 'SECURITY_HUB',
  /** ARN of the bus that findings are put on as OCSF events. */
  findingsBus: 'FINDINGS_BUS_ARN',
  /** Set on the sweeper where the self-test is scheduled, so that it notices when that does not run. */
  selftest: 'SELFTEST',
  /** On the log reader: the bucket of the trail, and the prefix under which the trail writes. */
  trailBucket: 'TRAIL_BUCKET',
  trailPrefix: 'TRAIL_PREFIX',
  /** Set by Lambda. */
  region: 'AWS_REGION',
} as const;

/** File beside the bundle that holds the settings; a file, because a function's environment holds 4 KB at most. */
export const settingsFileName = 'settings.json';

/** Files beside the bundle that map addresses to countries (DB-IP/WHOIS derived, CC0). */
export const countryDatabaseFileNames = {
  ipv4: 'geo-whois-asn-country-ipv4.mmdb',
  ipv6: 'geo-whois-asn-country-ipv6.mmdb',
} as const;

/** Key and index names of the alert table. Times are ISO 8601 UTC strings, so that they sort as text. */
export const alertTable = {
  partitionKey: 'alertId',
  expiresAtAttribute: 'expiresAt',
  indexes: {
    byDay: { name: 'by-day', partitionKey: 'day', sortKey: 'firstSeen' },
    byTarget: { name: 'by-function', partitionKey: 'targetArn', sortKey: 'firstSeen' },
    byActor: { name: 'by-actor', partitionKey: 'actor', sortKey: 'firstSeen' },
    /** Sparse: `undelivered` is `pending`, `withheld` or `unexported`, with a shard, and absent from alerts that are done. */
    undelivered: { name: 'undelivered', partitionKey: 'undelivered', sortKey: 'firstSeen' },
  },
} as const;

/** Key and index names of the state table: histories, first-seen marks, folding overflow, notification budget. */
export const stateTable = {
  partitionKey: 'stateKey',
  expiresAtAttribute: 'expiresAt',
  indexes: {
    /** Sparse: only the items that say which function has which layer carry `layer`. */
    byLayer: { name: 'by-layer', partitionKey: 'layer', sortKey: 'functionArn' },
  },
  /** Beginning of the keys of these items, the only ones that a function may delete. */
  layerUserKeyPrefix: 'layer-user#',
} as const;

export const metricNamespace = 'Layerwatch';

/** The dimension `service` of every metric, and the name in log lines; alarms on our metrics depend on it. */
export const serviceName = 'layerwatch';

/** Metrics that the handlers emit; alarms refer to them by these names. */
export const metric = {
  /** Events that the pattern selected and that became an alert's record. */
  matched: 'Matched',
  /** Records decided against, with the dimension `reason`. */
  notMatched: 'NotMatched',
  /** Events that are no CloudTrail record. */
  notCloudTrail: 'NotCloudTrail',
  /** Calls that can make Layerwatch blind or silent. */
  tampering: 'Tampering',
  alertsCreated: 'AlertsCreated',
  /** The same, with the dimension `band`. */
  alertsByBand: 'AlertsByBand',
  duplicates: 'Duplicates',
  notified: 'Notified',
  withheld: 'NotificationsWithheld',
  /** With the dimension `exception`. */
  excepted: 'Excepted',
  unavailableContext: 'UnavailableContext',
  /** SNS refused the rendered message and a plain one was sent in its place. */
  plainNotification: 'PlainNotification',
  eventToNotification: 'EventToNotification',
  /** Emitted by every sweep that looked through the event history; its absence alarms. */
  sweepHeartbeat: 'SweepHeartbeat',
  /** Records that the sweep or the trail's bucket brought, from places whose calls come as events, and that no event had brought. */
  missedByEvents: 'MissedByEvents',
  /** Minutes of the event history that no sweep looked through and none can any more. */
  sweepGapMinutes: 'SweepGapMinutes',
  /** Notifications that the sweep finished. */
  finishedBySweep: 'FinishedBySweep',
  baselinesSeeded: 'BaselinesSeeded',
  /** Functions whose layers are others than those of the last call that is known. */
  baselineDrift: 'BaselineDrift',
  /** Attempts to export a finding that failed, with the dimension `reason`: `refused`, `throttled` or `unavailable`. */
  exportsFailed: 'ExportsFailed',
  /** Alerts that Security Hub or the bus is owed for over an hour; counted by each sweep. */
  findingsNotExported: 'FindingsNotExported',
  /** Forwarders, one for each account and region, that were heard before and not within hours. */
  forwardersSilent: 'ForwardersSilent',
  /** Accounts and regions whose functions could not be listed the last time. */
  memberAccountsUnread: 'MemberAccountsUnread',
  /** Objects of the trail's bucket whose records were all decided; its absence alarms. */
  objectsRead: 'TrailObjectsRead',
  /** Objects that hold no records of the trail, with the dimension `reason`. */
  objectsSkipped: 'TrailObjectsSkipped',
  /** Objects that stay in the queue because something failed, with the dimension `reason`. */
  objectsFailed: 'TrailObjectsFailed',
  /** Records of alerts that the trail's bucket brought and no event before it. */
  broughtByBucket: 'BroughtByBucket',
  /** What the sweep found wrong with what Layerwatch stands on; one each for trails, subscriptions, functions and rules. */
  trailsStopped: 'TrailsStopped',
  subscribersMissing: 'SubscribersMissing',
  functionsChanged: 'FunctionsChanged',
  rulesChanged: 'RulesChanged',
  /** Checks of that kind that AWS refused. */
  checksFailed: 'ChecksFailed',
  selftestPassed: 'SelftestPassed',
  /** Counted by each sweep while the scheduled self-test has not passed for more than a week. */
  selftestOverdue: 'SelftestOverdue',
} as const;

export const stackName = 'Layerwatch';

/** Stack outputs that others rely on. */
export const stackOutput = {
  alertTableName: 'AlertTableName',
  alertTopicArn: 'AlertTopicArn',
  detectorFunctionName: 'DetectorFunctionName',
  /** Only with an organization: the bus that the forwarders are given. */
  hubBusArn: 'HubBusArn',
  /** Only with a trail's bucket: what its notifications go to. */
  trailObjectsQueueArn: 'TrailObjectsQueueArn',
} as const;

/** The sweeper's timeout: shorter than the ten minutes between two runs, so that no two work at once. */
export const sweeperTimeoutSeconds = 540;

/** The log reader's timeout: short, because a message that failed is tried again after six times as long. */
export const logReaderTimeoutSeconds = 60;

/** The self-test's timeout: the longest that Lambda gives (Lambda quotas); CloudTrail's delivery may take minutes. */
export const selftesterTimeoutSeconds = 900;

/** The detector's timeout; the lease on a notification has to outlast it. */
export const detectorTimeoutSeconds = 30;
/** Longer than the detector's timeout, shorter than Lambda's first asynchronous retry after about 60 s. */
export const notificationLeaseSeconds = 45;

/** Beginning of the names of the layers that a self-test publishes; each run adds letters of its own, so that none folds. */
export const selftestLayerPrefix = 'layerwatch-selftest-';

/** Name of the hub's event bus. */
export function hubBusName(stackName: string): string {
  return `${stackName}-hub`;
}

/**
 * Services that use a customer managed key in their own name, and for what (docs/kms-key-policy.md). A role of the stack does not
 * help them; the policy of the key has to.
 */
export const keyUses = [
  { sid: 'EventBridgeEncrypts', service: 'events', actions: ['kms:Decrypt', 'kms:GenerateDataKey*'] },
  { sid: 'AlarmsPublish', service: 'cloudwatch', actions: ['kms:Decrypt', 'kms:GenerateDataKey*'] },
  {
    sid: 'LogsAreWritten',
    service: 'logs',
    actions: ['kms:Decrypt*', 'kms:Describe*', 'kms:Encrypt*', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
  },
] as const;
