import { isAtLeast } from './band';
import type { FindingDocument } from './finding-document';
import type { DetectionSettings, Route } from './settings';

/** Name of a route; the alert topic has a name that no route of the configuration can have. */
export type RouteName = string;
export const defaultRoute: RouteName = 'alert-topic';

/**
 * The topics that an alert's notification goes to: the alert topic where no route fits; with `first` the first route that fits in its
 * place; with `all` the alert topic and every route that fits.
 */
export function routesOf(
  { layerwatch }: Pick<FindingDocument, 'layerwatch'>,
  settings: Pick<DetectionSettings, 'routes' | 'routing' | 'accountUnits'>,
): readonly RouteName[] {
  const account = layerwatch.target.account ?? undefined;
  const unit = settings.accountUnits.get(account ?? '');
  const fits = (route: Route) =>
    isOneOf(account, route.accounts) &&
    isOneOf(unit, route.units) &&
    isAtLeast(layerwatch.risk.band, route.minimumBand ?? 'low');
  const fitting = settings.routes.filter(fits).map(({ name }) => name);
  const [first] = fitting;
  if (first === undefined) return [defaultRoute];
  return settings.routing === 'first' ? [first] : [defaultRoute, ...fitting];
}

function isOneOf(value: string | undefined, allowed: readonly string[] | undefined): boolean {
  return allowed === undefined || (value !== undefined && allowed.includes(value));
}
