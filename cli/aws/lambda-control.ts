import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeleteLayerVersionCommand,
  GetFunctionConfigurationCommand,
  GetLayerVersionCommand,
  LambdaClient,
  paginateListFunctions,
  ResourceNotFoundException,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { definedOnly } from '../../lambda/text/format';
import type { FunctionNow } from '../commands/restore/decide';
import { describeAwsFailure } from './describe-failure';

/** Whether a layer version exists, as far as Lambda says; `unknown` holds the reason. */
export type LayerPresence = 'there' | 'gone' | { readonly unknown: string };

/** An update of a function takes a few seconds, and longer with a VPC. */
const maxUpdateMilliseconds = 60_000;
const pollMilliseconds = 1_000;

/** The calls of Lambda's control plane that `restore` makes, in one region. */
export class LambdaControl {
  private readonly client: LambdaClient;

  constructor(region: string | undefined, profile: string | undefined) {
    this.client = new LambdaClient(definedOnly({ region, profile }));
  }

  /** The function as it is now; `undefined` where there is none. */
  async read(functionArn: string): Promise<FunctionNow | undefined> {
    try {
      const found = await this.client.send(
        new GetFunctionConfigurationCommand({ FunctionName: functionArn }),
      );
      return {
        layers: (found.Layers ?? []).flatMap(({ Arn }) => Arn ?? []),
        revisionId: found.RevisionId ?? '',
        lastModified: found.LastModified ?? '',
      };
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  }

  async presenceOf(layerVersionArn: string): Promise<LayerPresence> {
    try {
      const colon = layerVersionArn.lastIndexOf(':');
      const [LayerName, version] = [layerVersionArn.slice(0, colon), layerVersionArn.slice(colon + 1)];
      await this.client.send(new GetLayerVersionCommand({ LayerName, VersionNumber: Number(version) }));
      return 'there';
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return 'gone';
      return { unknown: describeAwsFailure(error) };
    }
  }

  /** Replaces the list of layers. Lambda refuses it where the revision is no longer the one that was read. */
  async setLayers(functionArn: string, layers: readonly string[], revisionId: string): Promise<void> {
    await this.client.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: functionArn,
        Layers: [...layers],
        RevisionId: revisionId,
      }),
    );
  }

  /** Waits until an update is in force, for a minute at most, and answers with its last status. */
  async waitUntilUpdated(functionArn: string): Promise<string> {
    const deadline = Date.now() + maxUpdateMilliseconds;
    for (;;) {
      const found = await this.client.send(
        new GetFunctionConfigurationCommand({ FunctionName: functionArn }),
      );
      const status = found.LastUpdateStatus ?? 'Successful';
      if (status !== 'InProgress' || Date.now() > deadline) return status;
      await sleep(pollMilliseconds);
    }
  }

  /** ARNs of the functions that have the layer version. */
  async usersOf(layerVersionArn: string): Promise<readonly string[]> {
    const users: string[] = [];
    for await (const { Functions = [] } of paginateListFunctions({ client: this.client }, {})) {
      for (const { FunctionArn, Layers = [] } of Functions)
        if (FunctionArn !== undefined && Layers.some(({ Arn }) => Arn === layerVersionArn))
          users.push(FunctionArn);
    }
    return users;
  }

  async deleteLayerVersion(layerArn: string, version: string): Promise<void> {
    await this.client.send(
      new DeleteLayerVersionCommand({ LayerName: layerArn, VersionNumber: Number(version) }),
    );
  }
}
