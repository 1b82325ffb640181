import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { selftesterTimeoutSeconds } from '../../lambda/contract';
import type { DetectionSettings } from '../../lambda/detection/settings';
import type { AlertTables } from './alert-tables';
import { functionLogs, layerwatchFunction } from './function-code';
import { selftesterRole } from './function-roles';

export interface SelftesterFunctionProps {
  /** Where the alert of the self-test appears. */
  readonly tables: AlertTables;

  /** Topic that alerts are published to. */
  readonly topic: sns.ITopic;

  /** Settings of the detection. */
  readonly settings: DetectionSettings;

  /**
   * Key that encrypts the log group, and with which the tables are encrypted.
   *
   * @default - keys that AWS owns
   */
  readonly encryptionKey?: kms.IKey | undefined;
}

/** The function that proves the whole way once a week, with its schedule, role and log group. */
export class SelftesterFunction extends Construct {
  readonly function: lambda.Function;

  constructor(scope: Construct, id: string, props: SelftesterFunctionProps) {
    super(scope, id);
    const logGroup = functionLogs(this, props.encryptionKey);
    this.function = layerwatchFunction(
      this,
      'selftester',
      { ...props, logGroup },
      {
        description: 'Layerwatch self-test: publishes a layer version, waits for its alert, deletes it',
        memorySize: 256,
        timeout: Duration.seconds(selftesterTimeoutSeconds),
        role: selftesterRole(this, { ...props, logGroup }),
        // A second run would tell people twice, and the first one's failure alarms.
        retryAttempts: 0,
      },
    );
    new events.Rule(this, 'Schedule', {
      description: 'Runs the Layerwatch self-test',
      schedule: events.Schedule.rate(Duration.days(7)),
      targets: [new targets.LambdaFunction(this.function, { retryAttempts: 2 })],
    });
  }
}
