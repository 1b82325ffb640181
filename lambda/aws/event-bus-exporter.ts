import type { FindingDocument } from '../detection/finding-document';
import { property, text } from '../detection/json';
import type { Activity } from '../detection/triage';
import { ocsfOf } from '../notification/ocsf';
import type { Clock, FindingExporter } from '../ports';
import { parsedJson, refusalOf, SignedClient, type SignedClientProps } from './signed-client';

/** Source and detail-type of the events, for rules on the bus. */
const source = 'layerwatch';
const detailType = 'OCSF Detection Finding';

/** Puts findings as OCSF events on a bus. */
export class EventBusExporter implements FindingExporter {
  readonly name = 'eventbus';
  private readonly client: SignedClient;

  constructor(
    props: SignedClientProps,
    private readonly busArn: string,
    private readonly clock: Clock,
  ) {
    this.client = new SignedClient('events', props);
  }

  async export(document: FindingDocument, activity: Activity, signal: AbortSignal): Promise<void> {
    const now = this.clock.now();
    const entry = {
      EventBusName: this.busArn,
      Source: source,
      DetailType: detailType,
      Time: Math.floor(now.getTime() / 1_000),
      Resources:
        document.layerwatch.target.arn === null ? [] : [document.layerwatch.target.arn.slice(0, 2_000)],
      Detail: JSON.stringify(ocsfOf(document, activity, now)),
    };
    const response = await this.client.send({
      method: 'POST',
      path: '/',
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AWSEvents.PutEvents' },
      body: JSON.stringify({ Entries: [entry] }),
      signal,
    });
    if (!response.ok) throw new Error(await refusalOf(response));
    const answer = parsedJson(await response.text());
    if (property(answer, 'FailedEntryCount') === 0) return;
    const [failure] = (property(answer, 'Entries') as readonly unknown[] | undefined) ?? [];
    throw new Error(
      `EventBridge refused the event: ${text(property(failure, 'ErrorMessage')) ?? 'not said why'}`,
    );
  }
}
