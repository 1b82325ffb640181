import type { AlertQuery, DynamoDbAlertCatalogue } from '../../../lambda/aws/dynamodb-alert-catalogue';
import type { StoredAlert } from '../../../lambda/detection/alert';
import type { QueryOptions } from './alert-query';

/** The alerts that the options select, the newest first; `query` is made of the same options. */
export async function* selectAlerts(
  catalogue: DynamoDbAlertCatalogue,
  query: AlertQuery,
  options: QueryOptions,
): AsyncGenerator<StoredAlert> {
  for await (const alert of catalogue.list(query)) if (isWanted(alert, options)) yield alert;
}

function isWanted({ actor, judgedDocument }: StoredAlert, options: QueryOptions): boolean {
  const { target, context } = judgedDocument.layerwatch;
  const isOf = (wanted: string | undefined, ...names: readonly (string | null | undefined)[]) =>
    wanted === undefined || names.includes(wanted);
  return (
    isOf(options.function, target.name, target.arn) &&
    isOf(options.actor, actor, context.actor?.short, actor.split('/').at(-1)) &&
    isOf(options.account, target.account, target.account_name)
  );
}
