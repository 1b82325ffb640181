import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { LayerwatchConfiguration } from '../config/configuration';
import { stackOutput } from '../lambda/contract';
import { Layerwatch } from './layerwatch';

export interface LayerwatchStackProps extends StackProps {
  /**
   * What `layerwatch.config.json` may hold.
   *
   * @default - the defaults of every key
   */
  readonly configuration?: LayerwatchConfiguration;
}

/** Layerwatch for one account and region. */
export class LayerwatchStack extends Stack {
  readonly layerwatch: Layerwatch;

  /** @throws {SettingsError} for a configuration that is wrong */
  constructor(scope: Construct, id: string, props: LayerwatchStackProps = {}) {
    const { configuration, ...stackProps } = props;
    super(scope, id, {
      description: 'Layerwatch: detects who put which layer on which Lambda function',
      // `cdk destroy` asks for it to be taken off first; docs/operations.md says how.
      terminationProtection: true,
      ...stackProps,
    });
    // CDK leaves the id Default out of logical ids, so the resources keep those that they had as the stack's own.
    this.layerwatch = new Layerwatch(this, 'Default', {
      ...(configuration !== undefined && { configuration }),
    });
    const { alertTable, alertTopic, detector, hubBus, trailObjectsQueue } = this.layerwatch;
    new CfnOutput(this, stackOutput.alertTableName, { value: alertTable.tableName });
    new CfnOutput(this, stackOutput.alertTopicArn, { value: alertTopic.topicArn });
    new CfnOutput(this, stackOutput.detectorFunctionName, { value: detector.functionName });
    if (trailObjectsQueue !== undefined)
      new CfnOutput(this, stackOutput.trailObjectsQueueArn, { value: trailObjectsQueue.queueArn });
    if (hubBus === undefined) return;
    new CfnOutput(this, stackOutput.hubBusArn, { value: hubBus.eventBusArn });
  }
}
