import { text as readText } from 'node:stream/consumers';
import type { StoredAlert } from '../../../lambda/detection/alert';
import { at } from '../../../lambda/detection/json';
import { type Decision, transitionOf } from '../../../lambda/detection/triage';
import { plural } from '../../../lambda/text/format';
import { type FoundAlerts, findAlert } from '../../aws/deployed-alerts';
import { NotDoneError, UsageError } from '../../errors';
import { confirm } from '../../output/ask';
import { alertQueryFrom, type QueryOptions } from '../alerts/alert-query';
import { defaultSince } from '../alerts/options';
import { printAlerts } from '../alerts/print-alerts';
import { selectAlerts } from '../alerts/select-alerts';
import type { TriageOptions } from './options';

/** Alerts that one command changes; a filter that selects more is run again. */
const maxAlerts = 1_000;

/** Alerts that are shown before the question. */
const maxShown = 20;

/** Which alerts are meant, before AWS is asked: by ids, or by a filter. */
export type Choice =
  | { readonly by: 'ids'; readonly ids: readonly string[] }
  | { readonly by: 'filter'; readonly filter: QueryOptions };

/**
 * @throws {UsageError} for neither or both of ids and a filter, or for what is no filter
 */
export async function choiceOf(ids: readonly string[], options: TriageOptions): Promise<Choice> {
  const { since, until, function: name, actor, band, status, disposition, account } = options;
  const isFilter = [since, until, name, actor, band, status, disposition, account].some(
    (value) => value !== undefined,
  );
  if (isFilter === ids.length > 0)
    throw new UsageError(
      isFilter
        ? 'there are ids and a filter; give one of the two'
        : 'no alert is named; give ids, - for ids from stdin, or a filter such as --actor ci-deploy --since 24h',
    );
  if (ids.length === 0) {
    const filter = { ...options, since: since ?? defaultSince };
    alertQueryFrom(filter, new Date());
    return { by: 'filter', filter };
  }
  return { by: 'ids', ids: ids.includes('-') ? idsOf(await readText(process.stdin)) : ids };
}

/**
 * Ids of text: the first word of each line, so that a table of alerts can be read, or the documents of `alerts --json`.
 *
 * @throws {UsageError} where there is none
 */
export function idsOf(text: string): readonly string[] {
  const lines = text.split('\n').map((line) => line.trim());
  const ids = lines.filter((line) => line !== '').map(idOfLine);
  const found = ids.filter((id) => id !== 'ID');
  if (found.length === 0) throw new UsageError('stdin has no ids of alerts, one a line');
  return [...new Set(found)];
}

function idOfLine(line: string): string {
  if (!line.startsWith('{')) return line.split(/\s/)[0] ?? '';
  try {
    return String(at(JSON.parse(line), 'layerwatch', 'alert_id'));
  } catch {
    return line.slice(0, 40);
  }
}

/**
 * The chosen alerts. Those of a filter are shown and asked about.
 *
 * @throws {NotDoneError} where there is none, or the answer is no
 */
export async function chosenAlerts(
  choice: Choice,
  action: Decision,
  alerts: FoundAlerts,
  isConfirmed: boolean,
): Promise<readonly StoredAlert[]> {
  if (choice.by === 'ids') return alertsById(choice.ids, alerts);
  const { found, more } = await alertsByFilter(choice.filter, action, alerts);
  if (found.length === 0)
    throw new NotDoneError(`no alert to ${action} since ${choice.filter.since} matches`);
  if (isConfirmed) return found;
  await printAlerts(found.slice(0, maxShown), new Date());
  const further = [
    ...(found.length > maxShown ? [`and ${found.length - maxShown} more`] : []),
    ...(more ? [`the first ${maxAlerts} of those that match`] : []),
  ];
  for (const line of further) process.stderr.write(`${line}\n`);
  const question = `${action.charAt(0).toUpperCase()}${action.slice(1)} ${plural(found.length, 'alert')}?`;
  if (!(await confirm(question))) throw new NotDoneError('nothing was changed');
  return found;
}

async function alertsById(ids: readonly string[], alerts: FoundAlerts): Promise<readonly StoredAlert[]> {
  const found = new Map<string, StoredAlert>();
  for (const id of ids) {
    const alert = await findAlert(alerts, id);
    found.set(alert.alertId, alert);
  }
  return [...found.values()];
}

async function alertsByFilter(
  filter: QueryOptions,
  action: Decision,
  { catalogue }: FoundAlerts,
): Promise<{ readonly found: readonly StoredAlert[]; readonly more: boolean }> {
  const found: StoredAlert[] = [];
  for await (const alert of selectAlerts(catalogue, alertQueryFrom(filter, new Date()), filter)) {
    if (transitionOf(alert, action).kind === 'refused') continue;
    if (found.length === maxAlerts) return { found, more: true };
    found.push(alert);
  }
  return { found, more: false };
}
