import { parseSettings } from '../../../config/schema';
import { principalArn } from '../../../lambda/detection/identity';
import { property, text } from '../../../lambda/detection/json';
import { parseRecord } from '../../../lambda/detection/record';
import { eventNamesOf } from '../../../lambda/detection/swept-event-names';
import type { EventHistory } from '../../../lambda/sweep/ports';
import { quoted } from '../../../lambda/text/untrusted-text';
import { eventPages } from '../../aws/event-records';
import { UsageError } from '../../errors';

/** A role or a user that changed functions or layers. */
export interface ProposedDeployer {
  readonly principal: string;
  readonly calls: number;
  /** Day of the latest call, `YYYY-MM-DD`. */
  readonly lastDay: string;
}

/** An entry of the configuration's `deployers`. */
interface Deployer {
  readonly name: string;
  readonly principal: string;
}

const proposedDays = 30;

/** 500 calls of each name show who deploys, within about half a minute. */
const maxPages = 10;

/** A person does not choose from more. */
const maxProposed = 9;

const eventNames = eventNamesOf([
  'UpdateFunctionConfiguration',
  'UpdateFunctionCode',
  'CreateFunction',
  'PublishLayerVersion',
]);

/** Those who changed functions and layers within the last 30 days, by the number of their calls. */
export async function proposedDeployers(
  history: EventHistory,
  now: Date,
  signal: AbortSignal,
): Promise<readonly ProposedDeployer[]> {
  const from = new Date(now.getTime() - proposedDays * 86_400_000);
  const found = new Map<string, ProposedDeployer>();
  for await (const { records } of eventPages(history, { eventNames, from, to: now, maxPages, signal }))
    for (const record of records) count(record, found);
  return [...found.values()].sort((a, b) => b.calls - a.calls).slice(0, maxProposed);
}

function count(value: unknown, found: Map<string, ProposedDeployer>): void {
  const parsed = parseRecord(value);
  if (parsed.kind !== 'record' || parsed.record.errorCode !== undefined) return;
  const principal = principalArn(parsed.record.identity);
  if (principal === undefined || !isExactPrincipal(principal)) return;
  const known = found.get(principal);
  const day = parsed.record.eventTime?.toISOString().slice(0, 10) ?? '';
  const lastDay = known === undefined || day > known.lastDay ? day : known.lastDay;
  found.set(principal, { principal, calls: (known?.calls ?? 0) + 1, lastDay });
}

/** A name in a record is untrusted: the wildcard of the configuration is none that AWS allows in one. */
function isExactPrincipal(principal: string): boolean {
  return /^arn:[a-z-]+:iam::\d{12}:(?:role|user)\/[\w+=,.@/-]+$/.test(principal);
}

/**
 * The principals that an answer names: numbers of the proposed ones, or ARNs.
 *
 * @throws {UsageError} for another word
 */
export function chosenPrincipals(line: string, proposed: readonly ProposedDeployer[]): readonly string[] {
  const words = line.split(/[\s,]+/).filter((word) => word !== '');
  return words.map((word) => {
    if (word.startsWith('arn:')) return word;
    const chosen = /^\d{1,3}$/.test(word) ? proposed[Number(word) - 1] : undefined;
    if (chosen === undefined)
      throw new UsageError(
        `${quoted(word, 80)} is no deployer; write ${proposed.length === 0 ? '' : 'numbers of the list, or '}ARNs of roles or users, or none`,
      );
    return chosen.principal;
  });
}

/**
 * The deployers of the file and behind them the new ones, each with a name of its own.
 *
 * @throws {SettingsError} for a principal that the configuration does not take
 */
export function withDeployers(
  known: unknown,
  principals: readonly string[],
  today: string,
): { readonly deployers: readonly unknown[] } {
  const before: readonly unknown[] = Array.isArray(known) ? known : [];
  const isKnown = new Set(before.map((entry) => text(property(entry, 'principal'))));
  const names = new Set(before.map((entry) => text(property(entry, 'name'))));
  const added = [...new Set(principals)]
    .filter((principal) => !isKnown.has(principal))
    .map((principal): Deployer => {
      const name = freeName(principal, names);
      names.add(name);
      return { name, principal };
    });
  const deployers = [...before, ...added];
  parseSettings({ deployers }, today);
  return { deployers };
}

function freeName(principal: string, taken: ReadonlySet<string | undefined>): string {
  const last = principal.split('/').at(-1) ?? '';
  const name = /^[A-Za-z0-9][\w+=,.@-]*$/.test(last) ? last : 'deployer';
  let free = name;
  for (let number = 2; taken.has(free); number++) free = `${name} ${number}`;
  return free;
}
