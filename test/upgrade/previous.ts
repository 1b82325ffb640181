import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BatchWriteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Item } from '../../lambda/aws/attributes';

/** The release before this one, as it was deployed and as it left its tables after the sample set. */
export const previousRelease = 'v0.1.0';

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

export interface PreviousTemplate {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
}

function fileOf(name: string): string {
  return readFileSync(join(__dirname, previousRelease, name), 'utf8');
}

export function previousTemplate(): PreviousTemplate {
  return JSON.parse(fileOf('template.json')) as PreviousTemplate;
}

export function previousItems(): { readonly alerts: readonly Item[]; readonly state: readonly Item[] } {
  return JSON.parse(fileOf('items.json')) as ReturnType<typeof previousItems>;
}

/** Puts the items of the release into tables. */
export async function writePreviousItems(
  client: DynamoDBClient,
  tables: { readonly alerts: string; readonly state: string },
): Promise<void> {
  const items = previousItems();
  for (const [table, all] of [
    [tables.alerts, items.alerts],
    [tables.state, items.state],
  ] as const)
    for (let first = 0; first < all.length; first += 25) {
      const requests = all.slice(first, first + 25).map((Item) => ({ PutRequest: { Item } }));
      await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: requests } }));
    }
}
