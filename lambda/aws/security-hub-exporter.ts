import type { ExportResult } from '../detection/alert-exports';
import { property, text } from '../detection/json';
import { ExportCallError } from '../errors';
import { asffOf } from '../notification/asff';
import type { AsffPlace } from '../notification/asff-finding';
import type { Clock, ExportedFinding, FindingExporter } from '../ports';
import { callExport, refusedBecause } from './export-call';
import { SignedClient, type SignedClientProps } from './signed-client';

/**
 * Imports findings into AWS Security Hub. Its answer may be 200 and refuse findings all the same: each is named in `FailedFindings`
 * with its own reason.
 */
export class SecurityHubExporter implements FindingExporter {
  readonly name = 'securityhub';
  /** BatchImportFindings: 100 findings a call. */
  readonly maxFindings = 100;
  /** BatchImportFindings: 10 calls a second in an account and region. */
  readonly pauseMilliseconds = 100;
  private readonly client: SignedClient;

  constructor(
    props: SignedClientProps,
    private readonly place: AsffPlace,
    private readonly clock: Clock,
  ) {
    this.client = new SignedClient('securityhub', props);
  }

  async export(findings: readonly ExportedFinding[], signal: AbortSignal): Promise<readonly ExportResult[]> {
    const imported = findings.map(({ document }) => asffOf(document, this.place, this.clock.now()));
    const answer = await callExport(this.client, {
      method: 'POST',
      path: '/findings/import',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ Findings: imported }),
      signal,
    });
    const failures = failuresOf(answer, new Set(imported.map(({ Id }) => Id)));
    return imported.map(({ Id }) => failures.get(Id) ?? { outcome: 'accepted' });
  }
}

/**
 * Results of the findings that were refused, by their ids.
 *
 * @throws {ExportCallError} where the answer does not name as many as it counts: all of them are then exported again
 */
function failuresOf(answer: unknown, ids: ReadonlySet<string>): ReadonlyMap<string, ExportResult> {
  const failed = property(answer, 'FailedFindings');
  const failures = new Map(
    (Array.isArray(failed) ? failed : []).flatMap((failure: unknown) => {
      const id = text(property(failure, 'Id'));
      return id === undefined || !ids.has(id) ? [] : [[id, refusedBecause(failure)] as const];
    }),
  );
  if (property(answer, 'FailedCount') === failures.size) return failures;
  throw new ExportCallError('Security Hub does not say which findings it refused', 'unavailable');
}
