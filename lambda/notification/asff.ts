import type { FindingDocument } from '../detection/finding-document';
import { layerLabel } from '../detection/layer-labels';
import { generatorPrefix } from '../detection/workflow-decision';
import { escapeForDisplay } from '../text/untrusted-text';
import type { AsffFinding, AsffPlace } from './asff-finding';
import { asffResources } from './asff-resources';
import { asffText, asffTexts } from './asff-text';
import { undoCommands } from './commands';
import { eventLink } from './links';
import { severityOf } from './severity';
import { shortTitle } from './subject';

/** Limits of the AWS Security Finding Format (Security Hub, AwsSecurityFinding). */
const maxTitleLength = 256;
const maxDescriptionLength = 1_024;
const maxProductFieldLength = 1_024;
const maxRecommendationLength = 512;

/** Layers that `ProductFields` names. */
const maxLayers = 10;

/**
 * The same alert always has the same id, so that importing it again updates the finding: Security Hub keeps what people set there
 * (note, workflow) and takes ours (severity, times, state). A closed alert is archived. The importing account has to be the
 * finding's own, so `ProductFields` and the resource name the account of the function.
 */
export function asffOf(document: FindingDocument, place: AsffPlace, updatedAt: Date): AsffFinding {
  const { layerwatch, message, rule } = document;
  const { alert_id, first_seen, last_seen, risk, status } = layerwatch;
  const source = eventLink(document);
  return {
    SchemaVersion: '2018-10-08',
    Id: alert_id,
    ProductArn: productArnOf(place),
    ProductName: 'Layerwatch',
    CompanyName: 'Layerwatch',
    GeneratorId: `${generatorPrefix}${rule.id}`,
    AwsAccountId: place.account,
    CreatedAt: first_seen,
    UpdatedAt: updatedAt.toISOString(),
    FirstObservedAt: first_seen,
    LastObservedAt: last_seen,
    Title: shortTitle(document, maxTitleLength),
    Description: escapeForDisplay(message, 900).slice(0, maxDescriptionLength),
    ProductFields: productFields(document),
    Resources: asffResources(document, place),
    FindingProviderFields: {
      Severity: { Label: severityOf[risk.band].asff, Original: String(risk.score) },
      Types: [typeOf(document)],
    },
    Remediation: { Recommendation: { Text: recommendationOf(document) } },
    ...(source === undefined ? {} : { SourceUrl: source.url }),
    RecordState: status === 'closed' ? 'ARCHIVED' : 'ACTIVE',
  };
}

/** The product that every account has for findings of its own. */
export function productArnOf({ partition, region, account }: AsffPlace): string {
  return `arn:${partition}:securityhub:${region}:${account}:product/${account}/default`;
}

/** `TTPs/Execution/T1648-Serverless Execution`: namespace, tactic and technique (types taxonomy for ASFF). */
function typeOf({ threat }: FindingDocument): string {
  return `TTPs/${threat.tactic.name[0]}/${threat.technique.id[0]}-${threat.technique.name[0]}`;
}

/** What to do, and the first command where the whole of it fits: a part of a command is none. */
function recommendationOf(document: FindingDocument): string {
  const note = asffText(document.layerwatch.undo.note, 300) ?? 'see the alert';
  const { commands } = undoCommands(document, maxRecommendationLength);
  const withCommand = `${note}: ${commands[0] ?? ''}`;
  if (commands.length > 0 && withCommand.length <= maxRecommendationLength) return withCommand;
  return document.layerwatch.undo.commands.length === 0 ? note : `${note}; the alert has the command`;
}

/** Keys and values of a finding's own; an empty value is refused. */
function productFields(document: FindingDocument): Readonly<Record<string, string>> {
  const { layerwatch, event } = document;
  const { target, change, risk, occurrences, context } = layerwatch;
  const fields = {
    'layerwatch/Account': target.account,
    'layerwatch/AccountName': target.account_name,
    'layerwatch/Change': change.kind,
    'layerwatch/Layers': layersOf(document),
    'layerwatch/Actor': context.actor?.short,
    'layerwatch/Occurrences': String(occurrences),
    'layerwatch/Score': risk.factors.map(({ points, reason }) => `${points} ${reason}`).join(', '),
    'layerwatch/EventId': event.id,
  };
  return asffTexts(fields, maxProductFieldLength);
}

/** The layers that the change is about, by their ARNs. */
function layersOf({ layerwatch }: FindingDocument): string {
  const layers = layerwatch.change.layers.filter(({ change }) => change !== 'kept').slice(0, maxLayers);
  return layers.map((layer) => layer.arn ?? layerLabel(layer)).join(', ');
}
