import type { FindingDocument, LayerVerdict } from '../detection/finding-document';
import { forgedAction } from '../detection/forged';
import { describeOwner, layerLabel, mostNotable, newLayersOf } from '../detection/layer-labels';
import type { TextFormat } from '../text/text-format';
import { actorHistoryLink } from './links';
import { type Step, stepOf } from './step';

/** Questions that decide whether this is an attack, the quickest to answer first. */
export function checksOf(document: FindingDocument, format: TextFormat): readonly Step[] {
  const { kind } = document.layerwatch.change;
  if (document.layerwatch.change.action === forgedAction) return forgedChecks(document, format);
  if (kind === 'tampering')
    return [stepOf(ownerQuestion(document, format)), stillWatching, historyCheck(document)];
  return [
    stepOf(ownerQuestion(document, format)),
    stepOf(layerQuestion(document, format)),
    ...(kind === 'before-unknown' ? [whichAreNew] : []),
    historyCheck(document),
  ];
}

/** Who acted is what the event claims, so the account that it came from is asked about. */
function forgedChecks({ layerwatch }: FindingDocument, format: TextFormat): readonly Step[] {
  const account = format.phrase(layerwatch.target.account ?? 'unknown');
  return [
    stepOf(`Which rules of account ${account} have the hub's bus as a target, and who made them?`),
    stepOf(`Who may assume or change the roles of the forwarder in account ${account}?`),
    stepOf('Does the call that the event claims exist in the trail of the account that it names?'),
  ];
}

const stillWatching = stepOf(
  'Is the trail logging, is the rule enabled, and is the subscription there? If not, deploy the stack again.',
);

const whichAreNew = stepOf(
  'Which of these layers are new? The commands under Undo show what earlier versions of the function had.',
);

function ownerQuestion({ layerwatch }: FindingDocument, format: TextFormat): string {
  const actor = layerwatch.context.actor;
  if (actor === undefined) return 'Who made this call? The event names the caller.';
  return `Does the owner of ${format.phrase(actor.short)} know of this call?`;
}

function layerQuestion({ layerwatch }: FindingDocument, format: TextFormat): string {
  const { kind, layers } = layerwatch.change;
  if (kind === 'unreadable') return 'Which layers did the call name? The record does not say.';
  const layer = mostNotable(newLayersOf(layers));
  if (layer === undefined) return 'Was the change of this function planned?';
  return kind === 'published'
    ? 'Which functions use this layer, and should they?'
    : questionByOwner(layer, format);
}

function questionByOwner(layer: LayerVerdict, format: TextFormat): string {
  const label = format.name(layerLabel(layer));
  switch (layer.provenance) {
    case 'own-account':
      return `Who published ${label}, and from which source?`;
    case 'aws':
    case 'vendor':
    case 'trusted':
    case 'organization':
      return `Was ${label} (${format.phrase(describeOwner(layer))}) meant to be on this function?`;
    case 'unknown-account':
      return layer.account === null
        ? `Whose layer is ${label}?`
        : `Who owns account ${format.phrase(layer.account)}, and why does this function run its code?`;
  }
}

function historyCheck(document: FindingDocument): Step {
  const url = actorHistoryLink(document);
  const who = url === undefined ? 'this caller' : 'this access key';
  return stepOf(`What else did ${who} do in the hour before and after?`, { url });
}
