import type { ExportResult } from '../detection/alert-exports';
import { property, text } from '../detection/json';
import { ocsfOf } from '../notification/ocsf';
import type { Clock, ExportedFinding, FindingExporter } from '../ports';
import { callExport, refusedBecause } from './export-call';
import { SignedClient, type SignedClientProps } from './signed-client';

/** Source and detail-type of the events, for rules on the bus. */
const source = 'layerwatch';
const detailType = 'OCSF Detection Finding';

/** Puts findings as OCSF events on a bus. Its answer may be 200 and refuse events all the same, each with its own reason. */
export class EventBusExporter implements FindingExporter {
  readonly name = 'eventbus';
  /** PutEvents: 10 events a call. */
  readonly maxFindings = 10;
  /** PutEvents: 400 calls a second in the smallest regions, of which a sweep takes a twentieth. */
  readonly pauseMilliseconds = 50;
  private readonly client: SignedClient;

  constructor(
    props: SignedClientProps,
    private readonly busArn: string,
    private readonly clock: Clock,
  ) {
    this.client = new SignedClient('events', props);
  }

  async export(findings: readonly ExportedFinding[], signal: AbortSignal): Promise<readonly ExportResult[]> {
    const answer = await callExport(this.client, {
      method: 'POST',
      path: '/',
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AWSEvents.PutEvents' },
      body: JSON.stringify({ Entries: findings.map((finding) => this.entryOf(finding)) }),
      signal,
    });
    const entries = property(answer, 'Entries');
    return findings.map((_, index) => resultOf(Array.isArray(entries) ? entries[index] : undefined));
  }

  private entryOf({ document, activity }: ExportedFinding): object {
    const now = this.clock.now();
    const { arn } = document.layerwatch.target;
    return {
      EventBusName: this.busArn,
      Source: source,
      DetailType: detailType,
      Time: Math.floor(now.getTime() / 1_000),
      Resources: arn === null ? [] : [arn.slice(0, 2_000)],
      Detail: JSON.stringify(ocsfOf(document, activity, now)),
    };
  }
}

/** An event that was taken has an id. */
function resultOf(entry: unknown): ExportResult {
  return text(property(entry, 'EventId')) === undefined ? refusedBecause(entry) : { outcome: 'accepted' };
}
