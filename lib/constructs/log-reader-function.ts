import { Duration } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { environmentVariable, logReaderTimeoutSeconds } from '../../lambda/contract';
import type { TrailBucketSettings } from '../../lambda/detection/settings';
import { functionLogs, layerwatchFunction } from './function-code';
import type { LayerwatchFunctionProps } from './function-props';
import { logReaderRole } from './function-roles';
import type { TrailQueues } from './trail-queues';

export interface LogReaderFunctionProps extends LayerwatchFunctionProps {
  readonly trail: TrailBucketSettings;

  readonly queues: TrailQueues;
}

/** Messages of one run, and how long it waits for so many: objects come minutes late anyway. */
const batchSize = 50;
const batchSeconds = 5;

/** Runs at the same time. They share tables and topic with the detector, which has to stay fast behind a backlog. */
const maxConcurrency = 10;

/** The function that reads the objects of a trail's bucket, with its queue, role and log group. */
export class LogReaderFunction extends Construct {
  readonly function: lambda.Function;

  constructor(scope: Construct, id: string, props: LogReaderFunctionProps) {
    super(scope, id);
    const { trail, queues } = props;
    const logGroup = functionLogs(this, props.encryptionKey);
    const made = layerwatchFunction(
      this,
      'log-reader',
      { ...props, logGroup },
      {
        description: "Layerwatch log reader: decides on each call that the trail's bucket brings",
        timeout: Duration.seconds(logReaderTimeoutSeconds),
        role: logReaderRole(this, { ...props, logGroup }),
      },
    );
    made.addEnvironment(environmentVariable.trailBucket, trail.bucket);
    if (trail.prefix !== undefined) made.addEnvironment(environmentVariable.trailPrefix, trail.prefix);
    new lambda.EventSourceMapping(this, 'Messages', {
      target: made,
      eventSourceArn: queues.objects.queueArn,
      batchSize,
      maxBatchingWindow: Duration.seconds(batchSeconds),
      maxConcurrency,
      reportBatchItemFailures: true,
    });
    this.function = made;
  }
}
