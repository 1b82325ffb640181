import { type Band, bands } from '../../../lambda/detection/band';
import type { FindingDocument, LayerVerdict } from '../../../lambda/detection/finding-document';
import { describeOwner, layerLabel } from '../../../lambda/detection/layer-labels';
import { escapeForDisplay, maxShownLength } from '../../../lambda/text/untrusted-text';
import { dispositionLabels } from '../../output/alert-table';

/** One alert as the page shows it: text only, in which every character is visible. */
export interface ReportAlert {
  readonly id: string;
  /** ISO 8601 UTC. */
  readonly time: string;
  readonly band: Band;
  readonly score: number;
  readonly what: string;
  readonly status: string;
  readonly change: string;
  readonly target: string;
  readonly account: string;
  readonly region: string;
  readonly actor: string;
  readonly from: string;
  readonly events: number;
  readonly headline: string;
  readonly provenances: readonly string[];
  readonly layers: readonly ReportLayer[];
  readonly factors: readonly string[];
  readonly undo: readonly string[];
}

export interface ReportLayer {
  readonly sign: '+' | '-' | '~' | ' ' | '?';
  readonly label: string;
  readonly words: string;
}

export interface ReportData {
  readonly title: string;
  /** ISO 8601 UTC. */
  readonly madeAt: string;
  /** The logs, the stack or the findings that the alerts are from. */
  readonly source: string;
  readonly bands: readonly Band[];
  readonly alerts: readonly ReportAlert[];
}

/** A longer command is left out, because a command that is cut does something else. In UTF-16 units. */
const maxCommandLength = 4_000;

const signOf: Readonly<Record<LayerVerdict['change'], ReportLayer['sign']>> = {
  added: '+',
  published: '+',
  removed: '-',
  'version-changed': '~',
  kept: ' ',
  set: '?',
};

export function reportData(documents: readonly FindingDocument[], source: string, madeAt: Date): ReportData {
  return {
    title: 'Layerwatch report',
    madeAt: madeAt.toISOString(),
    source: escapeForDisplay(source),
    bands,
    alerts: documents.map(reportAlert),
  };
}

function reportAlert({ message, layerwatch }: FindingDocument): ReportAlert {
  const { risk, change, target, context, disposition, undo } = layerwatch;
  const shown = (text: string | null | undefined) => escapeForDisplay(text ?? 'unknown', maxShownLength);
  return {
    id: layerwatch.alert_id,
    time: layerwatch.first_seen,
    band: risk.band,
    score: risk.score,
    what: dispositionLabels[disposition],
    status: layerwatch.status,
    change: change.kind,
    target: `${target.type} ${shown(target.name)}`,
    account: shown(target.account_name ?? target.account),
    region: shown(target.region),
    actor: shown(context.actor?.short),
    from: shown(context.origin?.words),
    events: layerwatch.occurrences,
    headline: escapeForDisplay(message, 600),
    provenances: [...new Set(change.layers.filter(isNew).map(({ provenance }) => provenance))],
    layers: change.layers.map(reportLayer),
    factors: risk.factors.map(
      ({ points, reason }) => `${points > 0 ? '+' : ''}${points} ${escapeForDisplay(reason)}`,
    ),
    undo: undo.commands
      .filter((command) => command.length <= maxCommandLength)
      .map((command) => escapeForDisplay(command, maxCommandLength)),
  };
}

function isNew({ change }: LayerVerdict): boolean {
  return change !== 'kept' && change !== 'removed';
}

function reportLayer(layer: LayerVerdict): ReportLayer {
  const from =
    layer.from_version === undefined ? '' : `, was version ${escapeForDisplay(layer.from_version)}`;
  return {
    sign: signOf[layer.change],
    label: escapeForDisplay(layerLabel(layer)),
    words: `${layer.change}${from}, ${describeOwner(layer)}`,
  };
}
