import { parseLayerArn, partitionOfArn } from '../detection/arn';
import type { LayerInside } from '../detection/context-document';
import type { FindingDocument, LayerVerdict } from '../detection/finding-document';
import { layerLabel } from '../detection/layer-labels';
import { ocsfAccount, shown, shownTexts } from './ocsf-text';

/** OCSF `resource_details.role_id`. */
const role = { affected: 3, related: 4 } as const;

/** Layers that are named, those of the change before those that were kept; a function has five at most (Lambda quotas). */
const maxLayers = 20;

/** OCSF `fingerprint.algorithm_id` of SHA-256. */
const sha256Algorithm = 3;

/** OCSF `file.type_id` of a regular file. */
const regularFile = 1;

/** What was changed, and each layer that the change is about. */
export function ocsfResources(document: FindingDocument) {
  return [
    targetOf(document),
    ...layersOf(document).map((layer) => layerOf(layer, insideOf(document, layer))),
  ];
}

/** The archives of layers of the change that Lambda described: name, size and hash. */
export function ocsfLayerFiles(document: FindingDocument) {
  return layersOf(document).flatMap((layer) => fileOf(layer, insideOf(document, layer)) ?? []);
}

function layersOf({ layerwatch }: FindingDocument): readonly LayerVerdict[] {
  return layerwatch.change.layers.filter(({ change }) => change !== 'kept').slice(0, maxLayers);
}

function insideOf({ layerwatch }: FindingDocument, { arn }: LayerVerdict): LayerInside | undefined {
  return layerwatch.context.layers?.find((inside) => inside.arn === arn);
}

function targetOf({ layerwatch }: FindingDocument) {
  const { type, arn, name, account, account_name, region } = layerwatch.target;
  return {
    type,
    name: shown(name, 200),
    uid: shown(arn ?? name, 600),
    ...shownTexts({ region, cloud_partition: partitionOfArn(arn ?? undefined) }, 100),
    ...(account === null ? {} : { owner: { account: ocsfAccount(account, account_name) } }),
    role_id: role.affected,
  };
}

function layerOf(layer: LayerVerdict, inside: LayerInside | undefined) {
  const { arn, version, account, publisher, change, provenance } = layer;
  const parsed = parseLayerArn(arn ?? '');
  return {
    type: 'layer',
    name: shown(layerLabel(layer), 200),
    ...shownTexts({ uid: arn, version }, 600),
    ...shownTexts({ region: parsed?.region, cloud_partition: parsed?.partition }, 100),
    ...(account === null
      ? {}
      : { owner: { ...shownTexts({ name: publisher }), account: ocsfAccount(account) } }),
    role_id: role.related,
    data: { change, provenance, ...shownTexts({ sha256: hexOf(inside?.sha256) }) },
  };
}

function fileOf(layer: LayerVerdict, inside: LayerInside | undefined) {
  const value = hexOf(inside?.sha256);
  if (value === undefined) return undefined;
  return {
    name: shown(layerLabel(layer), 200),
    type_id: regularFile,
    hashes: [{ algorithm_id: sha256Algorithm, value }],
  };
}

/** Lambda writes a hash in base64; `undefined` for what is no SHA-256. */
function hexOf(base64: string | null | undefined): string | undefined {
  const bytes = Buffer.from(base64 ?? '', 'base64');
  return bytes.length === 32 ? bytes.toString('hex') : undefined;
}
