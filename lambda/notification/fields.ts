import type { LayerElsewhere } from '../detection/context-document';
import type { FindingDocument } from '../detection/finding-document';
import { forgedAction } from '../detection/forged';
import { plural, shortLayer } from '../text/format';
import { displayNameWithin, escapeForDisplay } from '../text/untrusted-text';
import { codeSourceOf } from './code-source';
import type { Field } from './field';
import { layerFields } from './layer-fields';
import { timeIn } from './time-in';
import { describeTool } from './tool';
import { comparisonProblems } from './version-difference';

/** Lambda allows five layers on a function. */
const maxLayers = 5;

/** What is known of a call, in the order in which people ask. */
export function fieldsOf(document: FindingDocument): readonly Field[] {
  const { layerwatch, user_agent } = document;
  const { context } = layerwatch;
  return [
    { label: 'When', value: whenOf(document) },
    { label: 'Where', value: whereOf(document) },
    { label: 'Who', value: whoOf(document) },
    { label: 'From', value: fromOf(document) },
    ...known('Tool', user_agent.original === undefined ? undefined : describeTool(user_agent.original)),
    ...layerFields(document),
    ...(context.elsewhere ?? []).slice(0, maxLayers).flatMap(elsewhereField),
    ...known('Code', codeSourceOf(document)),
    ...(context.story?.words ?? [])
      .slice(0, 6)
      .map((words) => ({ label: 'Preceding activity', value: escapeForDisplay(words) })),
    ...known('Function', context.function?.words === '' ? undefined : escaped(context.function?.words)),
    ...unknownsOf(document).map((value) => ({ label: 'Not known', value })),
  ];
}

/** `boto-utils is on 12 other functions: npx layerwatch where arn:aws:lambda:...:layer:boto-utils` */
function elsewhereField({ layer, functions, more }: LayerElsewhere): readonly Field[] {
  if (functions === 0) return [];
  const count = more ? `more than ${functions} other functions` : plural(functions, 'other function');
  const name = displayNameWithin(shortLayer(layer), 150);
  return [
    { label: 'Also on', value: `${name} is on ${count}: npx layerwatch where ${escapeForDisplay(layer)}` },
  ];
}

/** Who is to act, and by which instructions, as the configuration says. */
export function ownerFields({ layerwatch }: FindingDocument): readonly Field[] {
  return [
    ...known('Owner', escaped(layerwatch.target.owner)),
    ...known('Runbook', escaped(layerwatch.runbook)),
  ];
}

/** What identifies the alert and its event, for a search or a report. */
export function referenceFields(document: FindingDocument): readonly Field[] {
  const { layerwatch, event, rule, threat } = document;
  const { alert_id, occurrences, folds_until, last_seen } = layerwatch;
  const last = occurrences === 1 ? '' : `, the last ${timeIn(document, last_seen)}`;
  const technique = `${threat.technique.id[0]} ${threat.technique.name[0]}`;
  return [
    { label: 'Alert', value: escapeForDisplay(alert_id, 80) },
    {
      label: 'Calls',
      value: `${occurrences}${last}; equal calls are counted here until ${timeIn(document, folds_until)}`,
    },
    {
      label: 'Event',
      value: `${withoutApiDate(escapeForDisplay(event.action, 100))}, ${escapeForDisplay(event.id, 100)}`,
    },
    { label: 'Rule', value: `${escapeForDisplay(rule.name)}, MITRE ATT&CK ${escapeForDisplay(technique)}` },
  ];
}

function known(label: string, value: string | undefined): readonly Field[] {
  return value === undefined ? [] : [{ label, value }];
}

function escaped(text: string | null | undefined): string | undefined {
  return text === null || text === undefined ? undefined : escapeForDisplay(text);
}

/** `UpdateFunctionConfiguration` of `UpdateFunctionConfiguration20150331v2`. */
function withoutApiDate(action: string): string {
  return action.replace(/\d{8}(?:v\d+)?$/, '');
}

function whoOf({ layerwatch: { change, context } }: FindingDocument): string {
  const history = change.kind === 'tampering' ? null : context.history?.actor_words;
  return claimed(change.action) + withMore(context.actor?.words ?? 'not available', history);
}

function fromOf({ layerwatch: { change, context } }: FindingDocument): string {
  return (
    claimed(change.action) + withMore(context.origin?.words ?? 'not available', context.history?.origin_words)
  );
}

/** Who acted, and from where, is what a forged event claims. */
function claimed(action: string | undefined): string {
  return action === forgedAction ? 'claimed, not believed: ' : '';
}

function withMore(words: string, more: string | null | undefined): string {
  return more === null || more === undefined
    ? escapeForDisplay(words)
    : `${escapeForDisplay(words)}; ${escapeForDisplay(more)}`;
}

function whenOf(document: FindingDocument): string {
  const { time } = document.layerwatch.context;
  if (time === undefined) return timeIn(document, document['@timestamp']);
  const outside = time.outside_working_hours === true ? ', outside working hours' : '';
  return `${escapeForDisplay(time.words)}${outside}`;
}

function whereOf({ layerwatch }: FindingDocument): string {
  const { type, name, account, account_name, region } = layerwatch.target;
  const number = escapeForDisplay(account ?? 'unknown account', 40);
  const owner = account_name === null ? number : `${escapeForDisplay(account_name, 60)} (${number})`;
  const what = name === null ? '' : `${type} ${displayNameWithin(name, 140)}, `;
  return `${what}account ${owner}, ${escapeForDisplay(region ?? 'unknown region', 40)}`;
}

function unknownsOf({ layerwatch }: FindingDocument): readonly string[] {
  const { change, unavailable, problems, context } = layerwatch;
  const before = change.kind === 'before-unknown' ? ['which layers the function had before'] : [];
  const steps = unavailable.map(
    ({ step, reason }) => `${escapeForDisplay(step, 40)}: ${escapeForDisplay(reason, 120)}`,
  );
  const inside = (context.layers ?? []).flatMap(({ arn, problem }) =>
    problem === null
      ? []
      : [`layer ${displayNameWithin(shortLayer(arn), 100)}: ${escapeForDisplay(problem, 120)}`],
  );
  const further = (context.function?.problems ?? []).map((problem) => escapeForDisplay(problem, 120));
  const read = problems.slice(0, 8).map((problem) => escapeForDisplay(problem, 160));
  const compared = comparisonProblems(context.layers ?? []);
  return [...before, ...steps, ...inside, ...compared, ...further, ...read];
}
