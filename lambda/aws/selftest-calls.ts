import { randomBytes } from 'node:crypto';
import {
  DeleteLayerVersionCommand,
  type LambdaClient,
  PublishLayerVersionCommand,
} from '@aws-sdk/client-lambda';
import { zipSync } from 'fflate';
import type { AlertStore, TriageStore } from '../ports';
import type { SelftestCalls } from '../selftest/ports';
import type { DynamoDbAlertCatalogue } from './dynamodb-alert-catalogue';

/** Names and text of what is published. */
export interface SelftestLayer {
  readonly namePrefix: string;
  readonly text: string;
}

interface Calls {
  readonly lambda: LambdaClient;
  readonly catalogue: DynamoDbAlertCatalogue;
  readonly alerts: Pick<AlertStore, 'read'>;
  readonly triage: TriageStore;
  readonly layer: SelftestLayer;
  /** Who closes the alert, for its history. */
  readonly by: string;
}

/** An alert's time is that of its call, and another clock gave it. */
const aheadMilliseconds = 300_000;

/** What a self-test does with AWS. */
export function selftestCalls({ lambda, catalogue, alerts, triage, layer, by }: Calls): SelftestCalls {
  return {
    publish: async () => {
      const ZipFile = zipSync({ 'layerwatch-selftest.txt': new TextEncoder().encode(layer.text) });
      const LayerName = `${layer.namePrefix}${randomBytes(4).toString('hex')}`;
      const published = await lambda.send(
        new PublishLayerVersionCommand({ LayerName, Description: layer.text.trim(), Content: { ZipFile } }),
      );
      return { layerArn: published.LayerArn ?? '', version: published.Version ?? 0 };
    },
    deleteVersion: async (LayerName, VersionNumber) => {
      await lambda.send(new DeleteLayerVersionCommand({ LayerName, VersionNumber }));
    },
    findAlert: async (arn, since) => {
      const until = new Date(Date.now() + aheadMilliseconds);
      const by = { kind: 'target' as const, arn };
      for await (const { alertId } of catalogue.list({ by, since, until, filters: {} }))
        return alerts.read(alertId);
      return undefined;
    },
    close: async (alert, reason) => {
      const read = await alerts.read(alert.alertId);
      if (read === undefined || read.status === 'closed') return;
      const entry = { at: new Date().toISOString(), by, action: 'close' as const, reason };
      if ((await triage.write(read, entry, 'closed')) === 'conflict')
        throw new Error('somebody else wrote it');
    },
  };
}
