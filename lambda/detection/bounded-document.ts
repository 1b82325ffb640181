import type { CloudTrailFields } from './cloudtrail-fields';
import type { FindingDocument } from './finding-document';
import { mapTexts } from './map-texts';

/** A step that makes a document smaller by leaving out whole fields; named by the field. */
interface Cut {
  readonly field: string;
  readonly apply: (document: FindingDocument) => FindingDocument;
}

/** What is left out first is what an analyst can look up by the event's id. */
const cuts: readonly Cut[] = [
  { field: 'aws.cloudtrail.flattened', apply: (document) => withoutAudit(document, 'flattened') },
  {
    field: 'aws.cloudtrail.response_elements',
    apply: (document) => withoutAudit(document, 'response_elements'),
  },
  {
    field: 'aws.cloudtrail.request_parameters',
    apply: (document) => withoutAudit(document, 'request_parameters'),
  },
  { field: 'user_agent', apply: (document) => ({ ...document, user_agent: {} }) },
  {
    field: 'layerwatch.undo',
    apply: (document) => withLayerwatch(document, { undo: { commands: [], note: 'left out' } }),
  },
  { field: 'aws.cloudtrail', apply: (document) => ({ ...document, aws: { cloudtrail: {} } }) },
  { field: 'layerwatch.change.before', apply: (document) => withChange(document, { before: null }) },
  { field: 'layerwatch.change.after', apply: (document) => withChange(document, { after: null }) },
  {
    field: 'layerwatch.change.layers',
    apply: (document) =>
      withChange(document, { layers: document.layerwatch.change.layers.slice(0, 5).map(shortLayer) }),
  },
  {
    field: 'layerwatch.context',
    apply: (document) => withLayerwatch(document, { context: {}, unavailable: [], problems: [] }),
  },
  { field: 'layerwatch.event_ids', apply: (document) => withLayerwatch(document, { event_ids: [] }) },
  { field: 'source', apply: (document) => ({ ...document, source: {}, user: {} }) },
];

/** Names and ids of a record are hostile text of any length; beyond this many UTF-16 units only the beginning is kept. */
const lastResortUnits = 512;

/**
 * The document as JSON of at most `maxBytes`, measured by `bytesOf`. Whole fields are left out until it fits, named
 * in `layerwatch.omitted`; the last resort shortens every text. `maxBytes` has to be 16,000 or more.
 */
export function boundedDocument(
  document: FindingDocument,
  maxBytes: number,
  bytesOf: (json: string) => number = utf8Bytes,
): string {
  const omitted: string[] = [];
  let kept = document;
  let json = write(kept, omitted);
  for (const cut of cuts) {
    if (bytesOf(json) <= maxBytes) return json;
    kept = cut.apply(kept);
    omitted.push(cut.field);
    json = write(kept, omitted);
  }
  return bytesOf(json) <= maxBytes ? json : write(mapTexts(kept, shortText), omitted);
}

export function utf8Bytes(text: string): number {
  return new TextEncoder().encode(text).byteLength;
}

function write(document: FindingDocument, omitted: readonly string[]): string {
  if (omitted.length === 0) return JSON.stringify(document);
  return JSON.stringify(
    withLayerwatch(document, { omitted: [...(document.layerwatch.omitted ?? []), ...omitted] }),
  );
}

function withLayerwatch(
  document: FindingDocument,
  fields: Partial<FindingDocument['layerwatch']>,
): FindingDocument {
  return { ...document, layerwatch: { ...document.layerwatch, ...fields } };
}

function withChange(
  document: FindingDocument,
  fields: Partial<FindingDocument['layerwatch']['change']>,
): FindingDocument {
  return withLayerwatch(document, { change: { ...document.layerwatch.change, ...fields } });
}

function withoutAudit(document: FindingDocument, field: keyof CloudTrailFields): FindingDocument {
  const { [field]: _, ...cloudtrail } = document.aws.cloudtrail;
  return { ...document, aws: { cloudtrail } };
}

type Layer = FindingDocument['layerwatch']['change']['layers'][number];

function shortLayer(layer: Layer): Layer {
  return {
    ...layer,
    arn: shortText(layer.arn),
    name: shortText(layer.name),
    version: shortText(layer.version),
  };
}

function shortText<T extends string | null>(text: T): T {
  return (text === null ? null : text.slice(0, lastResortUnits).toWellFormed()) as T;
}
