import {
  AddLayerVersionPermissionCommand,
  LambdaClient,
  PublishLayerVersionCommand,
} from '@aws-sdk/client-lambda';
import { zipSync } from 'fflate';
import type { Emulator } from './emulator';

/** A layer with an external extension in an account that nobody knows, open to everybody; answers with its ARN. */
export async function publishForeignLayer(emulator: Emulator, LayerName: string): Promise<string> {
  const secretAccessKey = emulator.environment().AWS_SECRET_ACCESS_KEY;
  // The id of an account is the access key id of its root.
  const lambda = new LambdaClient({ credentials: { accessKeyId: '999988887777', secretAccessKey } });
  const ZipFile = zipSync({ 'extensions/boot': new TextEncoder().encode('#!/bin/sh\n') });
  const { Version: VersionNumber, LayerVersionArn = '' } = await lambda.send(
    new PublishLayerVersionCommand({ LayerName, Content: { ZipFile } }),
  );
  await lambda.send(
    new AddLayerVersionPermissionCommand({
      LayerName,
      VersionNumber,
      StatementId: 'everybody',
      Action: 'lambda:GetLayerVersion',
      Principal: '*',
    }),
  );
  return LayerVersionArn;
}
