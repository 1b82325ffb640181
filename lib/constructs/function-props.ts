import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { DetectionSettings, StackSettings } from '../../lambda/detection/settings';
import type { AlertTables } from './alert-tables';

/** The settings about findings for other products. */
export type ExportSettings = Pick<StackSettings, 'securityHub' | 'findingsBusArn'>;

/** What each function of Layerwatch works with. */
export interface LayerwatchFunctionProps {
  /** The alert table and the state table. */
  readonly tables: AlertTables;

  /** Topic of the alerts. */
  readonly topic: sns.ITopic;

  /** Topic of the alarms, whose subscribers the sweeper counts. */
  readonly alarmTopic: sns.ITopic;

  /**
   * Topics of the routes, by the routes' names.
   *
   * @default - every alert goes to the topic of the alerts
   */
  readonly routeTopics?: ReadonlyMap<string, sns.ITopic> | undefined;

  /**
   * Where findings go beside the topics.
   *
   * @default - nowhere
   */
  readonly exports?: ExportSettings | undefined;

  /** Settings of the detection; the detector and the sweeper read them from a file beside their code. */
  readonly settings: DetectionSettings;

  /**
   * Key that encrypts the log group, and with which tables, topics and queues are encrypted.
   *
   * @default - keys that AWS owns
   */
  readonly encryptionKey?: kms.IKey | undefined;
}

/** The same with the function's log group. */
export interface LoggedFunctionProps extends LayerwatchFunctionProps {
  readonly logGroup: logs.ILogGroup;
}
