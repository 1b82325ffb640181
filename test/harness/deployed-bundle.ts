import { App } from 'aws-cdk-lib';
import type { LayerwatchConfiguration } from '../../config/configuration';
import { LayerwatchStack } from '../../lib/layerwatch-stack';
import { account, region } from '../fixtures/records';
import { assetFolderOf } from './asset-folder';
import { type LoopbackDynamoDb, startDynamoDb } from './dynamodb';
import { type Invocation, invokeBundle } from './invoke-bundle';
import { LoopbackTopic } from './loopback-topic';
import { temporaryFolder } from './temporary-folder';

/** Synthesizes the stack as a deployment does and answers with the folder of a function's asset. */
export function synthesizeBundle(
  functionId: 'Detector' | 'LogReader',
  configuration?: LayerwatchConfiguration,
): string {
  const outdir = temporaryFolder();
  const app = new App({ outdir });
  new LayerwatchStack(app, 'Layerwatch', { ...(configuration !== undefined && { configuration }) });
  app.synth();
  return assetFolderOf(outdir, 'Layerwatch', functionId);
}

/** The loopback services of a bundle that is deployed, and the environment that its function has. */
export class DeployedBundle {
  private constructor(
    private readonly asset: string,
    readonly database: LoopbackDynamoDb,
    readonly topic: LoopbackTopic,
  ) {}

  static async start(asset: string): Promise<DeployedBundle> {
    return new DeployedBundle(asset, await startDynamoDb(), await LoopbackTopic.start());
  }

  readonly topicArn = `arn:aws:sns:${region}:${account}:alerts`;

  /** Hands the events to a process of its own, one after another; a variable that is `undefined` is not set. */
  invoke(
    events: readonly unknown[],
    variables: Readonly<Record<string, string | undefined>> = {},
  ): Promise<Invocation> {
    const environment: Readonly<Record<string, string | undefined>> = {
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: 'embedded',
      AWS_SECRET_ACCESS_KEY: 'embedded',
      AWS_ENDPOINT_URL_DYNAMODB: this.database.endpoint,
      AWS_ENDPOINT_URL_SNS: this.topic.endpoint,
      // Nobody answers there: what Lambda knows of the function is not available.
      AWS_ENDPOINT_URL_LAMBDA: 'http://127.0.0.1:9',
      ALERT_TABLE_NAME: this.database.tables.alerts,
      STATE_TABLE_NAME: this.database.tables.state,
      ALERT_TOPIC_ARN: this.topicArn,
      STACK_NAME: 'Layerwatch',
      ...variables,
    };
    const set = Object.entries(environment).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    );
    return invokeBundle(this.asset, Object.fromEntries(set), events);
  }
}
