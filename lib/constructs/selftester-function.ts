import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { environmentVariable, selftesterTimeoutSeconds } from '../../lambda/contract';
import { functionLogs, layerwatchFunction } from './function-code';
import type { LayerwatchFunctionProps } from './function-props';
import { selftesterRole } from './function-roles';

/** The function that tests the deployment end to end once a week, with its schedule, role and log group. */
export class SelftesterFunction extends Construct {
  readonly function: lambda.Function;
  readonly schedule: events.IRule;

  constructor(scope: Construct, id: string, props: LayerwatchFunctionProps) {
    super(scope, id);
    const logGroup = functionLogs(this, props.encryptionKey);
    this.function = layerwatchFunction(
      this,
      'selftester',
      { ...props, logGroup },
      {
        description: 'Layerwatch self-test: publishes a layer version, waits for its alert, deletes it',
        memorySize: 256,
        environment: {
          [environmentVariable.alertTable]: props.tables.alerts.tableName,
          [environmentVariable.stateTable]: props.tables.state.tableName,
        },
        timeout: Duration.seconds(selftesterTimeoutSeconds),
        role: selftesterRole(this, { ...props, logGroup }),
        // A second run would notify twice, and the first one's failure alarms.
        retryAttempts: 0,
      },
    );
    this.schedule = new events.Rule(this, 'Schedule', {
      description: 'Runs the Layerwatch self-test',
      schedule: events.Schedule.rate(Duration.days(7)),
      targets: [new targets.LambdaFunction(this.function, { retryAttempts: 2 })],
    });
  }
}
