import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { environmentVariable, sweeperTimeoutSeconds } from '../../lambda/contract';
import { functionLogs, layerwatchFunction } from './function-code';
import type { LayerwatchFunctionProps } from './function-props';
import { sweeperRole } from './function-roles';

export interface SweeperFunctionProps extends LayerwatchFunctionProps {
  /** Whether a self-test is scheduled; the sweeper then reports when it does not run. */
  readonly watchesSelftest: boolean;
}

/** The rule as published runs every ten minutes. */
const everyMinutes = 10;

/** The function that catches what the event path missed, with its schedule, role and log group. */
export class SweeperFunction extends Construct {
  readonly function: lambda.Function;
  readonly schedule: events.IRule;

  constructor(scope: Construct, id: string, props: SweeperFunctionProps) {
    super(scope, id);
    const logGroup = functionLogs(this, props.encryptionKey);
    const made = layerwatchFunction(
      this,
      'sweeper',
      { ...props, logGroup },
      {
        description:
          'Layerwatch sweeper: catches what the events missed, finishes notifications, learns layers',
        timeout: Duration.seconds(sweeperTimeoutSeconds),
        role: sweeperRole(this, { ...props, logGroup }),
        // The next run continues where this one stopped.
        maxEventAge: Duration.minutes(everyMinutes),
        retryAttempts: 0,
      },
    );
    made.addEnvironment(environmentVariable.alarmTopic, props.alarmTopic.topicArn);
    if (props.watchesSelftest) made.addEnvironment(environmentVariable.selftest, 'weekly');
    this.schedule = new events.Rule(this, 'Schedule', {
      description: 'Runs the Layerwatch sweeper',
      schedule: events.Schedule.rate(Duration.minutes(everyMinutes)),
      targets: [
        new targets.LambdaFunction(made, {
          maxEventAge: Duration.minutes(everyMinutes),
          retryAttempts: 2,
        }),
      ],
    });
    this.function = made;
  }
}
