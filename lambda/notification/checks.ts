import type { FindingDocument, LayerVerdict } from '../detection/finding-document';
import { showAsText } from '../detection/hostile-text';
import { layerLabel, mostNotable, newLayersOf, ownerInWords } from '../detection/layer-words';
import { actorHistoryLink } from './links';

/** Questions that decide whether this is an attack, the quickest to answer first. */
export function checksOf(document: FindingDocument): readonly string[] {
  return [
    ownerQuestion(document),
    layerQuestion(document),
    ...lookUpQuestion(document),
    historyQuestion(document),
  ];
}

function ownerQuestion({ layerwatch, user_agent }: FindingDocument): string {
  const actor = layerwatch.context.actor;
  if (actor === undefined) return 'Who made this call? The event names the caller.';
  const tool = user_agent.original === undefined ? '' : `, made with ${showAsText(user_agent.original, 60)}`;
  return `Does the owner of ${showAsText(actor.short, 120)} know of this call${tool}?`;
}

function layerQuestion({ layerwatch }: FindingDocument): string {
  const { kind, layers } = layerwatch.change;
  if (kind === 'unreadable') return 'Which layers did the call name? The record does not tell.';
  const layer = mostNotable(newLayersOf(layers));
  if (layer === undefined) return 'Was the change of this function planned?';
  return kind === 'published' ? 'Which functions use this layer, and should they?' : questionByOwner(layer);
}

function questionByOwner(layer: LayerVerdict): string {
  const label = showAsText(layerLabel(layer), 120);
  switch (layer.provenance) {
    case 'own-account':
      return `Who published ${label}, and from which source?`;
    case 'aws':
    case 'vendor':
    case 'trusted':
      return `Was ${label} (${ownerInWords(layer)}) meant to be on this function?`;
    default:
      return layer.account === null
        ? `Whose layer is ${label}?`
        : `Who owns account ${showAsText(layer.account, 40)}, and why does this function run its code?`;
  }
}

function lookUpQuestion({ layerwatch }: FindingDocument): readonly string[] {
  return layerwatch.change.kind === 'before-unknown'
    ? ['Which of these layers are new? The undo commands show what earlier versions of the function had.']
    : [];
}

function historyQuestion(document: FindingDocument): string {
  const link = actorHistoryLink(document);
  const who = link === undefined ? 'this caller' : 'this access key';
  return `What else did ${who} do in the hour before and after?${link === undefined ? '' : ` ${link}`}`;
}
