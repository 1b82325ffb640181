import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A file to mutate, and the tests that have to notice: as few and as fast as possible, since they run once for each mutant. */
export interface Subject {
  /** Room and file, as `detection/alert`. */
  readonly name: string;
  readonly source: string;
  readonly tests: readonly string[];
}

/** Rooms whose files are mutated, and which of their files. */
const rooms = { aws: /^dynamodb-/, detection: /./, pipeline: /./, sweep: /./ };

const pipeline = [
  'pipeline/process-record',
  'pipeline/routing',
  'pipeline/crash-recovery',
  'pipeline/fences',
];

/** Tests of a file beside the one of its own name. */
const otherTests: Readonly<Record<string, readonly string[]>> = {
  'aws/dynamodb-alert-catalogue': ['aws/dynamodb'],
  'aws/dynamodb-alert-store': ['aws/alert-store'],
  'aws/dynamodb-heartbeats': ['sweep/forwarders'],
  'aws/dynamodb-notification-budget': ['aws/alert-store'],
  'aws/dynamodb-organization': ['sweep/forwarders'],
  'aws/dynamodb-progress': ['aws/dynamodb'],
  'aws/dynamodb-state-store': ['aws/state-store'],
  'aws/dynamodb-subscriber-counts': ['sweep/self-checks'],
  'aws/dynamodb-undelivered-alerts': ['aws/dynamodb'],
  'detection/finding': ['detection/judged-finding'],
  'detection/forged': ['detection/classify'],
  'detection/headline': ['detection/headline-parts'],
  'detection/layer-use': ['detection/index-change'],
  'detection/provenance': ['detection/known-publishers'],
  'detection/call': ['detection/asked-layers', 'detection/published-call'],
  'detection/notification-budget': ['detection/notification-budget-limits'],
  'detection/risk': ['detection/risk-factors'],
  'detection/risk-facts': ['detection/risk-factors', 'detection/content-factors'],
  'detection/swept-event-names': ['detection/watched-calls'],
  'detection/record': ['detection/record-fields'],
  'pipeline/change-alert': ['pipeline/take-workflow-decision'],
  'pipeline/document-of-news': pipeline,
  'pipeline/judge-record': pipeline,
  'pipeline/later-alerts': pipeline,
  'pipeline/notification-step': pipeline,
  'pipeline/notify-alert': pipeline,
  'pipeline/place-entry': pipeline,
  'pipeline/process-record': ['pipeline/routing', 'pipeline/crash-recovery'],
  'pipeline/rejudge-calls': pipeline,
  'pipeline/store-call': pipeline,
  'pipeline/triage-alert': ['pipeline/take-workflow-decision'],
  'pipeline/upsert-alert': pipeline,
  'sweep/event-history': ['sweep/sweep'],
  'sweep/member-accounts': ['sweep/member-functions'],
};

/** Every file that is mutated, with its tests; a file without any has an empty list. */
export function subjectsOf(root: string): readonly Subject[] {
  return Object.entries(rooms).flatMap(([room, files]) =>
    readdirSync(join(root, 'lambda', room))
      .filter((file) => files.test(file))
      .map((file) => subjectOf(root, room, file)),
  );
}

function subjectOf(root: string, room: string, file: string): Subject {
  const name = `${room}/${basename(file, '.ts')}`;
  const own = existsSync(join(root, `test/${name}.test.ts`)) ? [name] : [];
  const tests = [...own, ...(otherTests[name] ?? [])].map((each) => `test/${each}.test.ts`);
  return { name, source: `lambda/${room}/${file}`, tests };
}

/** Whether an argument names the file: by its room, its name, the start of its name up to a hyphen, or both. */
export function isNamed({ name }: Subject, given: string): boolean {
  const [room, file = ''] = name.split('/');
  return [room, name, file].includes(given) || file.startsWith(`${given}-`) || name.startsWith(`${given}-`);
}
