/** A change of the code that breaks one guarantee. A seed has to fail with it. */
export interface BrokenLaw {
  readonly name: string;
  /** Number of the guarantee in docs/reliability.md. */
  readonly law: number;
  readonly file: string;
  /** Stands once in the file. */
  readonly original: string;
  readonly replacement: string;
}

export const brokenLaws: readonly BrokenLaw[] = [
  {
    name: 'a publish that failed counts as a notification',
    law: 1,
    file: 'lambda/pipeline/notification-step.ts',
    original: 'await this.publish(document);',
    replacement: "await this.publish(document).catch(() => 'unknown');",
  },
  {
    name: 'the sweep marks a name whose records failed',
    law: 1,
    file: 'lambda/sweep/event-history.ts',
    original: 'if (this.failures.length > failuresBefore || !isGapReported) return;',
    replacement: '',
  },
  {
    name: 'a digest names nothing and notes all',
    law: 1,
    file: 'lambda/sweep/withheld-digest.ts',
    original: 'withheld: listed, isAll',
    replacement: 'withheld: listed.slice(0, 1), isAll',
  },
  {
    name: 'an export that failed counts as an export',
    law: 1,
    file: 'lambda/detection/alert-exports.ts',
    original: "if (result.outcome === 'accepted') {",
    replacement: 'if (result !== undefined) {',
  },
  {
    name: 'a document that is refused holds the call that it is in',
    law: 9,
    file: 'lambda/pipeline/export-batch.ts',
    original: "if (kind !== 'content' || alerts.length < 2)",
    replacement: 'if (alerts.length > 0)',
  },
  {
    name: 'each delivery of a record is counted',
    law: 2,
    file: 'lambda/pipeline/store-call.ts',
    original: 'recordId: record.identityId, judgement, judgeAnew',
    replacement: 'recordId: record.identityId + dependencies.newToken(), judgement, judgeAnew',
  },
  {
    name: 'a worker publishes without the lease of another one',
    law: 2,
    file: 'lambda/pipeline/notify-alert.ts',
    original: '    refuseHeldLease(stored, dependencies);\n',
    replacement: '',
  },
  {
    name: 'the alert id depends on the time of the delivery',
    law: 3,
    file: 'lambda/detection/alert-id.ts',
    original: 'String(windowOf(record.eventTime, windowMinutes).startMilliseconds)',
    replacement: 'String(windowOf(new Date(), windowMinutes).startMilliseconds)',
  },
  {
    name: 'a second attach to an alert is not notified',
    law: 4,
    file: 'lambda/detection/fold-alert.ts',
    original: "isNewsByItself(judged) || (disposition === 'notify' && rises)",
    replacement: "disposition === 'notify' && rises",
  },
  {
    name: 'a call without anything to compare with counts as unchanged',
    law: 7,
    file: 'lambda/detection/history-lists.ts',
    original: 'return lists.length === 0 ? [undefined] : lists;',
    replacement: 'return lists.length === 0 ? listsOf(entries) : lists;',
  },
  {
    name: 'entries stay in the order of their arrival',
    law: 8,
    file: 'lambda/detection/history-insert.ts',
    original: '[...history.entries, entry].sort(byTime)',
    replacement: '[...history.entries, entry]',
  },
  {
    name: 'a late record leaves the verdict of its successor as it was',
    law: 8,
    file: 'lambda/pipeline/store-call.ts',
    original: 'place === undefined ? [] : await step.updateLater(place, alertId)',
    replacement: '[]',
  },
  {
    name: 'a record that fails ends the sweep',
    law: 9,
    file: 'lambda/sweep/event-history.ts',
    original: 'for (const name of names) await sweep.lookThrough(name);',
    replacement:
      "for (const name of names) if ((await sweep.lookThrough(name), sweep['failures'].length > 0)) throw sweep['failures'][0];",
  },
];
