import type { FindingDocument } from '../detection/finding-document';
import { escapeForDisplay } from '../text/untrusted-text';
import { severityOf } from './severity';
import { shortTitle } from './subject';

/** Limits of the AWS Security Finding Format (Security Hub, AwsSecurityFinding). */
const maxTitleLength = 256;
const maxDescriptionLength = 1_024;
const maxProductFieldLength = 1_024;
const maxResourceIdLength = 512;

/** Where findings are imported: the account that imports them, in its region. */
export interface AsffPlace {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** One finding in the AWS Security Finding Format, as BatchImportFindings takes it. */
export interface AsffFinding {
  readonly SchemaVersion: '2018-10-08';
  readonly Id: string;
  readonly ProductArn: string;
  readonly GeneratorId: string;
  readonly AwsAccountId: string;
  readonly CreatedAt: string;
  readonly UpdatedAt: string;
  readonly FirstObservedAt: string;
  readonly LastObservedAt: string;
  readonly Title: string;
  readonly Description: string;
  readonly ProductFields: Readonly<Record<string, string>>;
  readonly Resources: readonly {
    readonly Type: string;
    readonly Id: string;
    readonly Partition: string;
    readonly Region: string;
  }[];
  readonly FindingProviderFields: {
    readonly Severity: { readonly Label: string; readonly Original: string };
    readonly Types: readonly string[];
  };
  readonly Remediation: { readonly Recommendation: { readonly Text: string } };
  readonly RecordState: 'ACTIVE' | 'ARCHIVED';
}

const partitions = ['aws', 'aws-cn', 'aws-us-gov'];

/**
 * The same alert always has the same id, so that importing it again updates the finding: Security Hub keeps what people set there
 * (note, workflow) and takes ours (severity, times, state). A closed alert is archived. The importing account has to be the
 * finding's own, so the account of the function is told in `ProductFields` and by the resource.
 */
export function asffOf(document: FindingDocument, place: AsffPlace, updatedAt: Date): AsffFinding {
  const { layerwatch, message, rule } = document;
  const { alert_id, first_seen, last_seen, risk, status } = layerwatch;
  return {
    SchemaVersion: '2018-10-08',
    Id: alert_id,
    ProductArn: `arn:${place.partition}:securityhub:${place.region}:${place.account}:product/${place.account}/default`,
    GeneratorId: `layerwatch/${rule.id}`,
    AwsAccountId: place.account,
    CreatedAt: first_seen,
    UpdatedAt: updatedAt.toISOString(),
    FirstObservedAt: first_seen,
    LastObservedAt: last_seen,
    Title: shortTitle(document, maxTitleLength),
    Description: escapeForDisplay(message, 900).slice(0, maxDescriptionLength),
    ProductFields: productFields(document),
    Resources: [resourceOf(document, place)],
    FindingProviderFields: {
      Severity: { Label: severityOf[risk.band].asff, Original: String(risk.score) },
      Types: ['TTPs/Execution/T1648-Serverless Execution'],
    },
    Remediation: { Recommendation: { Text: escapeForDisplay(layerwatch.undo.note, 500).slice(0, 512) } },
    RecordState: status === 'closed' ? 'ARCHIVED' : 'ACTIVE',
  };
}

function resourceOf({ layerwatch }: FindingDocument, place: AsffPlace) {
  const { type, arn, name, account, region } = layerwatch.target;
  const isArn = arn !== null && arn.length <= maxResourceIdLength;
  const id = isArn ? arn : `${type} ${name ?? 'unknown'} of account ${account ?? 'unknown'}`;
  return {
    Type: type === 'function' && isArn ? 'AwsLambdaFunction' : 'Other',
    Id: escapeForDisplay(id, 400).slice(0, maxResourceIdLength),
    Partition: partitions.includes(place.partition) ? place.partition : 'aws',
    Region: region ?? place.region,
  };
}

/** Keys and values of a finding's own; an empty value is refused. */
function productFields({ layerwatch, event }: FindingDocument): Readonly<Record<string, string>> {
  const { target, change, risk, occurrences, context } = layerwatch;
  const fields = {
    'layerwatch/Account': target.account,
    'layerwatch/AccountName': target.account_name,
    'layerwatch/Change': change.kind,
    'layerwatch/Actor': context.actor?.short,
    'layerwatch/Occurrences': String(occurrences),
    'layerwatch/Score': risk.factors.map(({ points, reason }) => `${points} ${reason}`).join(', '),
    'layerwatch/EventId': event.id,
  };
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) =>
      value === null || value === undefined || value === ''
        ? []
        : [[key, escapeForDisplay(value, 900).slice(0, maxProductFieldLength)]],
    ),
  );
}
