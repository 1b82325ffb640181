import { dispositionOf, documentOf, type StoredAlert } from '../../../lambda/detection/alert';
import { bareLayer, parseLayerArn } from '../../../lambda/detection/arn';
import { isAtLeast } from '../../../lambda/detection/band';
import type { FunctionArn } from '../../../lambda/detection/brands';
import type { FindingDocument } from '../../../lambda/detection/finding-document';

/** What alerts of high and critical severity name, each with the worst of those alerts. */
export interface SevereNames {
  readonly actors: ReadonlyMap<string, FindingDocument>;
  /** Accounts. */
  readonly publishers: ReadonlyMap<string, FindingDocument>;
  /** ARNs without version. */
  readonly layers: ReadonlyMap<string, FindingDocument>;
  readonly functions: ReadonlyMap<FunctionArn, FindingDocument>;
}

export const nothingSevere: SevereNames = {
  actors: new Map(),
  publishers: new Map(),
  layers: new Map(),
  functions: new Map(),
};

/** An alert that an exception of the team covers is what the team expects. */
export function isSevere(alert: StoredAlert): boolean {
  return dispositionOf(alert) !== 'except' && isAtLeast(documentOf(alert).layerwatch.risk.band, 'high');
}

export function namesOf(alerts: readonly StoredAlert[]): SevereNames {
  const names = {
    actors: new Map<string, FindingDocument>(),
    publishers: new Map<string, FindingDocument>(),
    layers: new Map<string, FindingDocument>(),
    functions: new Map<FunctionArn, FindingDocument>(),
  };
  for (const alert of alerts.filter(isSevere).sort(worstFirst)) {
    const document = documentOf(alert);
    addFirst(names.actors, alert.actor, document);
    for (const arn of layersOf(document)) {
      addFirst(names.layers, bareLayer(arn), document);
      addFirst(names.publishers, parseLayerArn(arn)?.account, document);
    }
    const { target } = document.layerwatch;
    if (target.type === 'function') addFirst(names.functions, target.arn ?? undefined, document);
  }
  return names;
}

function worstFirst(a: StoredAlert, b: StoredAlert): number {
  return documentOf(b).layerwatch.risk.score - documentOf(a).layerwatch.risk.score;
}

function addFirst(
  names: Map<string, FindingDocument>,
  name: string | undefined,
  document: FindingDocument,
): void {
  if (name !== undefined && !names.has(name)) names.set(name, document);
}

/** Layers that the change put there, or that it published. */
function layersOf({ layerwatch: { change, target } }: FindingDocument): readonly string[] {
  const put = change.layers.flatMap(({ arn, change: kind }) =>
    arn === null || kind === 'kept' || kind === 'removed' ? [] : [arn],
  );
  return target.type === 'layer' && target.arn !== null ? [...put, target.arn] : put;
}
