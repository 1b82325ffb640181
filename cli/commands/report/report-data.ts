import { type Band, bands } from '../../../lambda/detection/band';
import type { FindingDocument, LayerVerdict, Provenance } from '../../../lambda/detection/finding-document';

import { describeOwner, layerLabel, newLayersOf } from '../../../lambda/detection/layer-labels';
import { alertMessageOf, type Section } from '../../../lambda/notification/alert-message';
import type { Step } from '../../../lambda/notification/step';
import { plainFormat } from '../../../lambda/text/text-format';
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
  readonly why: ReportSection;
  /** What to do and to find out, as in the message of the alert. */
  readonly sections: readonly ReportSection[];
  readonly fields: readonly (readonly [label: string, value: string])[];
}

export interface ReportSection {
  readonly id: Section<unknown>['id'];
  readonly title: string;
  readonly items: readonly ReportItem[];
}

/** A sentence, and the commands and addresses that belong to it. */
export type ReportItem = readonly [text: string, ...lines: string[]];

export interface ReportLayer {
  readonly sign: '+' | '-' | '~' | ' ' | '?';
  readonly label: string;
  /** What the call did to it, and whose it is. */
  readonly words: string;
  /** Whose it is. */
  readonly owner: string;
  readonly provenance: Provenance;
  /** Whether the call put it on the function, or may have. */
  readonly isNew: boolean;
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

function reportAlert(document: FindingDocument): ReportAlert {
  const { message, layerwatch } = document;
  const { risk, change, target, context, disposition } = layerwatch;
  const { why, sections, fields } = alertMessageOf(document, {}, plainFormat);
  const added = newLayersOf(change.layers);
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
    provenances: [...new Set(added.map(({ provenance }) => provenance))],
    layers: change.layers.map((layer) => reportLayer(layer, added.includes(layer))),
    why: { id: why.id, title: why.title, items: why.items.map((text) => [text]) },
    sections: sections.map(({ id, title, items }) => ({ id, title, items: items.map(reportItem) })),
    fields: fields.map(({ label, value }) => [label, value]),
  };
}

function reportItem({ text, commands, url }: Step): ReportItem {
  return [text, ...commands, ...(url === undefined ? [] : [url])];
}

function reportLayer(layer: LayerVerdict, isNew: boolean): ReportLayer {
  const owner = describeOwner(layer);
  const from =
    layer.from_version === undefined ? '' : `, was version ${escapeForDisplay(layer.from_version)}`;
  return {
    sign: signOf[layer.change],
    label: escapeForDisplay(layerLabel(layer)),
    words: `${layer.change}${from}, ${owner}`,
    owner,
    provenance: layer.provenance,
    isNew,
  };
}
