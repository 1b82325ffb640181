import type { FindingDocument } from '../detection/finding-document';
import { property, text } from '../detection/json';
import { asffOf } from '../notification/asff';
import type { AsffPlace } from '../notification/asff-finding';
import type { Clock, FindingExporter } from '../ports';
import { parsedJson, refusalOf, SignedClient, type SignedClientProps } from './signed-client';

/** Imports findings into AWS Security Hub. Its answer may be 200 and refuse the finding all the same. */
export class SecurityHubExporter implements FindingExporter {
  readonly name = 'securityhub';
  private readonly client: SignedClient;

  constructor(
    props: SignedClientProps,
    private readonly place: AsffPlace,
    private readonly clock: Clock,
  ) {
    this.client = new SignedClient('securityhub', props);
  }

  async export(document: FindingDocument, _activity: unknown, signal: AbortSignal): Promise<void> {
    const response = await this.client.send({
      method: 'POST',
      path: '/findings/import',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ Findings: [asffOf(document, this.place, this.clock.now())] }),
      signal,
    });
    if (!response.ok) throw new Error(await refusalOf(response));
    const answer = parsedJson(await response.text());
    if (property(answer, 'FailedCount') === 0) return;
    const [failure] = (property(answer, 'FailedFindings') as readonly unknown[] | undefined) ?? [];
    throw new Error(
      `Security Hub refused the finding: ${text(property(failure, 'ErrorMessage')) ?? 'not said why'}`,
    );
  }
}
