import { join } from 'node:path';
import { Duration, Stack, Validations } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as nodejs from 'aws-cdk-lib/aws-lambda-nodejs';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { environmentVariable, sweeperTimeoutSeconds } from '../../lambda/contract';
import { acknowledgeDependsOn, codeBundling, projectRoot } from './detector-function';
import { allow, tableKeyStatement } from './role-statements';

export interface SweeperFunctionProps {
  /** Where baselines are kept. */
  readonly stateTable: dynamodb.Table;

  /**
   * Key that encrypts the log group, and with which the table is encrypted.
   *
   * @default - keys that AWS owns
   */
  readonly encryptionKey?: kms.IKey | undefined;
}

/** The rule as published runs every ten minutes. */
const everyMinutes = 10;

/** The function that gives every existing function its baseline, with its schedule, role and log group. */
export class SweeperFunction extends Construct {
  readonly function: nodejs.NodejsFunction;

  constructor(scope: Construct, id: string, props: SweeperFunctionProps) {
    super(scope, id);
    const logGroup = new logs.LogGroup(this, 'Logs', {
      retention: logs.RetentionDays.ONE_YEAR,
      ...(props.encryptionKey !== undefined && { encryptionKey: props.encryptionKey }),
    });
    this.function = new nodejs.NodejsFunction(this, 'Function', {
      description: 'Layerwatch sweeper: learns which layers every function has',
      entry: join(projectRoot, 'lambda', 'sweeper.ts'),
      handler: 'handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      memorySize: 512,
      timeout: Duration.seconds(sweeperTimeoutSeconds),
      projectRoot,
      depsLockFilePath: join(projectRoot, 'package-lock.json'),
      bundling: codeBundling,
      environment: { [environmentVariable.stateTable]: props.stateTable.tableName },
      role: this.role(props, logGroup),
      logGroup,
      loggingFormat: lambda.LoggingFormat.JSON,
      applicationLogLevelV2: lambda.ApplicationLogLevel.INFO,
      systemLogLevelV2: lambda.SystemLogLevel.INFO,
      // The next run comes by itself and goes on where this one was.
      maxEventAge: Duration.minutes(everyMinutes),
      retryAttempts: 0,
    });
    acknowledgeDependsOn(this.function);
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

  private role({ stateTable, encryptionKey }: SweeperFunctionProps, logGroup: logs.ILogGroup): iam.Role {
    const { region } = Stack.of(this);
    const statements = [
      allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]),
      allow(['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem'], [stateTable.tableArn]),
      allow(['lambda:ListFunctions'], ['*']),
      ...(encryptionKey === undefined ? [] : [tableKeyStatement(encryptionKey, region)]),
    ];
    const role = new iam.Role(this, 'Role', {
      description: 'What the Layerwatch sweeper may do',
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { Sweeper: new iam.PolicyDocument({ statements }) },
    });
    Validations.of(role).acknowledge({
      id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
      reason: 'lambda:ListFunctions supports no resource; it only lists',
    });
    return role;
  }
}
