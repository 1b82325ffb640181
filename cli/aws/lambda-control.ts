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
import type { FunctionNow } from '../commands/restore/decide';

/** Lambda's answer to whether a layer version is there. */
export type LayerPresence = 'there' | 'gone' | { readonly unknown: string };

/** An update takes a function a few seconds, with a VPC more. */
const settleMilliseconds = 60_000;
const pollMilliseconds = 1_000;

/** Lambda's control plane of one region, for what the operator's commands do. */
export class LambdaControl {
  private readonly client: LambdaClient;

  constructor(region: string | undefined, profile: string | undefined) {
    this.client = new LambdaClient({
      ...(region === undefined ? {} : { region }),
      ...(profile === undefined ? {} : { profile }),
    });
  }

  /** `undefined` where there is no such function. */
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
      return { unknown: error instanceof Error ? error.name : String(error) };
    }
  }

  /** Refused by Lambda where the revision is no longer the one that was read. */
  async setLayers(functionArn: string, layers: readonly string[], revisionId: string): Promise<void> {
    await this.client.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: functionArn,
        Layers: [...layers],
        RevisionId: revisionId,
      }),
    );
  }

  /** Waits until an update is in force; the state that Lambda tells last. */
  async settled(functionArn: string): Promise<string> {
    const deadline = Date.now() + settleMilliseconds;
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
