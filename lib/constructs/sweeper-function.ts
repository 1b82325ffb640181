import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { environmentVariable, sweeperTimeoutSeconds } from '../../lambda/contract';
import type { DetectionSettings } from '../../lambda/detection/settings';
import type { AlertTables } from './alert-tables';
import { type ExportSettings, functionLogs, layerwatchFunction } from './function-code';
import { sweeperRole } from './function-roles';

export interface SweeperFunctionProps {
  /** Where alerts and state are kept. */
  readonly tables: AlertTables;

  /** Topic that alerts are published to. */
  readonly topic: sns.ITopic;

  /**
   * Topics of the routes, by name.
   *
   * @default - every alert goes to the topic
   */
  readonly routeTopics?: ReadonlyMap<string, sns.ITopic> | undefined;

  /**
   * Where findings go beside the topics.
   *
   * @default - nowhere
   */
  readonly exports?: ExportSettings | undefined;

  /** Written beside the code as a file. */
  readonly settings: DetectionSettings;

  /** Whether a self-test is scheduled, whose absence the sweeper notices. */
  readonly watchesSelftest: boolean;

  /**
   * Key that encrypts the log group, and with which tables and topic are encrypted.
   *
   * @default - keys that AWS owns
   */
  readonly encryptionKey?: kms.IKey | undefined;
}

/** The rule as published runs every ten minutes. */
const everyMinutes = 10;

/** The function that catches what the event path missed, with its schedule, role and log group. */
export class SweeperFunction extends Construct {
  readonly function: lambda.Function;

  constructor(scope: Construct, id: string, props: SweeperFunctionProps) {
    super(scope, id);
    const logGroup = functionLogs(this, props.encryptionKey);
    this.function = layerwatchFunction(
      this,
      'sweeper',
      { ...props, logGroup },
      {
        description:
          'Layerwatch sweeper: catches what the events missed, finishes notifications, learns layers',
        timeout: Duration.seconds(sweeperTimeoutSeconds),
        role: sweeperRole(this, { ...props, logGroup, organization: props.settings.organization }),
        // The next run comes by itself and goes on where this one was.
        maxEventAge: Duration.minutes(everyMinutes),
        retryAttempts: 0,
      },
    );
    if (props.watchesSelftest) this.function.addEnvironment(environmentVariable.selftest, 'weekly');
    new events.Rule(this, 'Schedule', {
      description: 'Runs the Layerwatch sweeper',
      schedule: events.Schedule.rate(Duration.minutes(everyMinutes)),
      targets: [
        new targets.LambdaFunction(this.function, {
          maxEventAge: Duration.minutes(everyMinutes),
          retryAttempts: 2,
        }),
      ],
    });
  }
}
