import { parseLayerArn } from '../detection/arn';
import { awsCommand } from '../detection/aws-command';
import { isLayerVersionArn } from '../detection/aws-grammar';
import type { FindingDocument, LayerVerdict } from '../detection/finding-document';
import { layerLabel, newLayersOf } from '../detection/layer-labels';
import type { NotificationContext } from '../ports';
import type { TextFormat } from '../text/text-format';
import { layerwatchCommand } from './commands';
import { type Step, stepOf } from './step';

/** Lambda allows five layers on a function; a hostile record may name any number. */
const maxLayers = 5;

/** What should be saved before it is gone: the new layers that neither AWS nor a known vendor published, and the record. */
export function evidenceSteps(
  document: FindingDocument,
  context: NotificationContext,
  format: TextFormat,
): readonly Step[] {
  const layers = newLayersOf(document.layerwatch.change.layers).filter(isWorthSaving);
  return [
    ...layers.slice(0, maxLayers).flatMap((layer) => saveLayer(layer, format)),
    ...readRecord(document, context),
  ];
}

function isWorthSaving({ provenance, arn }: LayerVerdict): boolean {
  return arn !== null && provenance !== 'aws' && provenance !== 'vendor';
}

function saveLayer(layer: LayerVerdict, format: TextFormat): readonly Step[] {
  const command = downloadCommand(layer.arn ?? '');
  if (command === undefined) return [];
  const who = layer.provenance === 'own-account' ? 'somebody deletes it' : 'its owner withdraws it';
  return [stepOf(`Save layer ${format.name(layerLabel(layer))}, before ${who}:`, { command })];
}

/** The archive's address is presigned, so it is no part of the command: the shell asks for it when the command runs. */
function downloadCommand(arn: string): string | undefined {
  const layer = parseLayerArn(arn);
  const address = awsCommand(
    ['lambda', 'get-layer-version-by-arn'],
    layer?.region,
    [['--arn', arn, isLayerVersionArn]],
    '--query Content.Location --output text',
  );
  return address === undefined
    ? undefined
    : `curl -sSfo ./${layer?.name}-${layer?.version}.zip "$(${address})"`;
}

function readRecord(document: FindingDocument, context: NotificationContext): readonly Step[] {
  const show = layerwatchCommand('show', document, context);
  if (show === undefined) return [];
  return [stepOf('Read the CloudTrail record, which the alert keeps:', { command: `${show} --record` })];
}
