import type { LayerContents, LayerInside } from '../detection/context-document';
import type { FindingDocument, LayerVerdict } from '../detection/finding-document';
import { describeOwner, layerLabel, newLayersOf } from '../detection/layer-labels';
import { formatBytes, formatDuration, plural, shortLayer } from '../text/format';
import { displayName, displayNameWithin, escapeForDisplay, quoted } from '../text/untrusted-text';
import type { Field } from './field';
import { describeOrigin } from './layer-origin';
import { differenceLines } from './version-difference';

/** Lambda allows five layers on a function; a hostile record may name any number. */
const maxLayers = 10;

type ChangeOfLayer = LayerVerdict['change'];

/** What became of the layers, in the order in which people ask. */
const labels: readonly (readonly [ChangeOfLayer, string])[] = [
  ['added', 'Added'],
  ['published', 'Published'],
  ['version-changed', 'Version changed'],
  ['set', 'May be new'],
  ['removed', 'Removed'],
  ['kept', 'Kept'],
];

/** The layers by what the call did to them, the ARNs of those that are not the account's own, and what is inside. */
export function layerFields({ layerwatch }: FindingDocument): readonly Field[] {
  const { change, context, target } = layerwatch;
  if (change.kind === 'tampering') return [];
  return [
    ...(target.type === 'function' ? [{ label: 'Layers before', value: beforeOf(change.before) }] : []),
    ...labels.flatMap(([kind, label]) =>
      fieldOf(
        label,
        change.layers.filter((layer) => layer.change === kind),
      ),
    ),
    ...newLayersOf(change.layers.slice(0, maxLayers)).flatMap(arnOf),
    ...(context.layers ?? []).slice(0, maxLayers).flatMap(insideOf),
    ...differenceLines(context.layers ?? []).map((value) => ({ label: 'Changed', value })),
  ];
}

function fieldOf(label: string, layers: readonly LayerVerdict[]): readonly Field[] {
  if (layers.length === 0) return [];
  const shown = layers.slice(0, maxLayers).map(describeLayer);
  const more = layers.length > maxLayers ? ` and ${layers.length - maxLayers} more` : '';
  return [{ label, value: `${shown.join(', ')}${more}` }];
}

/** `boto-utils:3 (unknown account 999988887777)` */
function describeLayer(layer: LayerVerdict): string {
  const from =
    layer.from_version === undefined ? '' : `before ${displayNameWithin(layer.from_version, 20)}; `;
  return `${displayNameWithin(layerLabel(layer), 150)} (${from}${describeOwner(layer)})`;
}

function beforeOf(arns: readonly string[] | null): string {
  if (arns === null) return 'not known';
  if (arns.length === 0) return 'none';
  const shown = arns.slice(0, maxLayers).map((arn) => displayNameWithin(shortLayer(arn), 150));
  return [...shown, ...(arns.length > maxLayers ? [`and ${arns.length - maxLayers} more`] : [])].join(', ');
}

function arnOf({ arn, provenance }: LayerVerdict): readonly Field[] {
  return arn !== null && provenance !== 'own-account'
    ? [{ label: 'Layer ARN', value: displayName(arn) }]
    : [];
}

/** `boto-utils:3, 2.1 kB, created 4 minutes before, external extension extensions/boot`. */
function insideOf(layer: LayerInside): readonly Field[] {
  const { contents, description, license, sha256, size_bytes, minutes_before } = layer;
  const parts = [
    size_bytes === null ? '' : formatBytes(size_bytes),
    minutes_before === null ? '' : `created ${formatDuration(minutes_before)} before`,
    ...(contents === null ? [] : describeContents(contents)),
    description === null ? '' : `described as ${quoted(description, 80)}`,
    license === null ? '' : `licence ${quoted(license, 40)}`,
    ...describeOrigin(layer),
    sha256 === null ? '' : `SHA-256 ${escapeForDisplay(sha256, 60)}`,
  ].filter((part) => part !== '');
  if (parts.length === 0) return [];
  return [{ label: 'Inside', value: [displayNameWithin(shortLayer(layer.arn), 150), ...parts].join(', ') }];
}

function describeContents({ entries, extensions, wrappers, shadowed }: LayerContents): readonly string[] {
  const names = (list: readonly string[]) => list.map((name) => displayNameWithin(name, 60)).join(', ');
  return [
    extensions.length === 0 ? '' : `external extension ${names(extensions)}`,
    wrappers.length === 0 ? '' : `executable ${names(wrappers)}`,
    shadowed.length === 0 ? '' : `takes the place of ${names(shadowed)}`,
    plural(entries, 'file'),
  ];
}
