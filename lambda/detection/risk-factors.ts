import { formatDuration } from '../text/format';
import { changePolicy } from './change-kinds';
import {
  externalExtension,
  newInVersion,
  refusedArchive,
  shadowedLibrary,
  wrapperVariable,
} from './content-factors';
import type { ActorContext, FindingContext } from './context-document';
import { newLayersOf } from './layer-labels';
import { isOfKnownPublisher, type RiskFacts } from './risk-facts';

/** One reason to be more or less alarmed, with its points. */
export interface Factor {
  readonly id: string;
  readonly defaultPoints: number;
  /** When it applies, for people who read the settings. */
  readonly when: string;
  /** Why the factor applies, as a phrase; `undefined` where it does not. */
  readonly reason: (facts: RiskFacts) => string | undefined;
}

/** In the order in which an alert prints them. */
export const factors: readonly Factor[] = [
  {
    id: 'unknown-account-layer',
    defaultPoints: 30,
    when: 'a layer of an account that is neither yours, trusted, AWS nor a known vendor',
    reason: unknownAccountLayer,
  },
  {
    id: 'unreadable-parameters',
    defaultPoints: 10,
    when: 'the parameters of the call cannot be read',
    reason: unreadableParameters,
  },
  {
    id: 'root-user',
    defaultPoints: 30,
    when: 'the root user made the call',
    reason: rootUser,
  },
  {
    id: 'user-without-mfa',
    defaultPoints: 15,
    when: 'an IAM user made the call, and not with MFA',
    reason: userWithoutMfa,
  },
  {
    id: 'new-actor',
    defaultPoints: 10,
    when: 'no earlier layer change by the actor is known (not for `deployers`)',
    reason: newActor,
  },
  {
    id: 'new-country',
    defaultPoints: 10,
    when: 'the actor was seen before, and never from this country',
    reason: newCountry,
  },
  {
    id: 'new-publisher',
    defaultPoints: 5,
    when: 'another account whose layers were never seen here published the layer',
    reason: newPublisher,
  },
  {
    id: 'external-extension',
    defaultPoints: 10,
    when: 'the layer starts an external extension (not for AWS and known vendors)',
    reason: externalExtension,
  },
  {
    id: 'shadowed-library',
    defaultPoints: 10,
    when: "a layer never seen here takes the place of the runtime's SDK or a library of the language",
    reason: shadowedLibrary,
  },
  {
    id: 'new-in-version',
    defaultPoints: 15,
    when: "a version starts an extension, wraps the runtime or takes a library's place, and the version before did not",
    reason: newInVersion,
  },
  {
    id: 'refused-archive',
    defaultPoints: 15,
    when: 'the archive of the layer contradicts itself or has too many files, so that it is not read (not for AWS and known vendors)',
    reason: refusedArchive,
  },
  {
    id: 'wrapper-variable',
    defaultPoints: 10,
    when: 'a layer never seen here is put on a function whose environment starts a wrapper',
    reason: wrapperVariable,
  },
  {
    id: 'published-just-before',
    defaultPoints: 10,
    when: 'the layer was published within the hour before (your own one only where the actor is new)',
    reason: publishedJustBefore,
  },
  {
    id: 'denied-attempts',
    defaultPoints: 10,
    when: 'the actor was denied such calls three times or more in the day before',
    reason: deniedAttempts,
  },
  {
    id: 'outside-working-hours',
    defaultPoints: 10,
    when: 'the call was outside `workingHours`',
    reason: outsideWorkingHours,
  },
  {
    id: 'targets-layerwatch',
    defaultPoints: 40,
    when: 'the function is Layerwatch itself',
    reason: targetsLayerwatch,
  },
  {
    id: 'tampering',
    defaultPoints: 60,
    when: 'the call can make Layerwatch blind or silent, or stops a trail',
    reason: ({ changeKind }) =>
      changeKind === 'tampering' ? 'it can make Layerwatch blind or silent' : undefined,
  },
  {
    id: 'known-deployer',
    defaultPoints: -15,
    when: 'one of `deployers` made the call (not root, no layer of an unknown account, nothing against Layerwatch)',
    reason: knownDeployer,
  },
];

function unknownAccountLayer({ layers }: RiskFacts): string | undefined {
  const layer = newLayersOf(layers).find(({ provenance }) => provenance === 'unknown-account');
  if (layer === undefined) return undefined;
  return layer.account === null
    ? 'layer whose owner cannot be read'
    : `layer of unknown account ${layer.account}`;
}

function unreadableParameters({ changeKind }: RiskFacts): string | undefined {
  return changeKind === 'unreadable' ? 'the record does not say which layers' : undefined;
}

function rootUser(facts: RiskFacts): string | undefined {
  return isRoot(facts) ? 'root user' : undefined;
}

/** The principal behind a federated session is the one that counts. */
function isRoot({ context }: RiskFacts): boolean {
  return (context.actor?.accountable_type ?? context.actor?.type) === 'Root';
}

function userWithoutMfa({ context }: RiskFacts): string | undefined {
  return isUserWithoutMfa(context.actor) ? 'IAM user without MFA' : undefined;
}

/** A record of a long-lived access key says nothing of MFA, which means that none was used. */
function isUserWithoutMfa(actor: ActorContext | undefined): boolean {
  return (actor?.accountable_type ?? actor?.type) === 'IAMUser' && actor?.mfa !== true;
}

function newActor({ changeKind, context, deployer }: RiskFacts): string | undefined {
  if (!changePolicy(changeKind).addsLayers) return undefined;
  return deployer === undefined && isNewActor(context) ? 'first layer change by this actor' : undefined;
}

/** Whether no layer change by the actor is known from before, where earlier ones are known at all. */
export function isNewActor({ history }: FindingContext): boolean {
  return history?.comparable === true && history.actor_new;
}

function newCountry({ changeKind, context: { history, origin } }: RiskFacts): string | undefined {
  if (!changePolicy(changeKind).addsLayers || history?.country_new_for_actor !== true) return undefined;
  return `first call of this actor from ${origin?.country_name ?? 'this country'}`;
}

function newPublisher({ layers, context }: RiskFacts): string | undefined {
  const unseen = context.history?.comparable === true ? context.history.new_publishers : [];
  const layer = newLayersOf(layers).find(
    ({ account, provenance }) => provenance !== 'own-account' && account !== null && unseen.includes(account),
  );
  return layer === undefined ? undefined : `first layer of account ${layer.account} here`;
}

/** The rule's look-back. */
const freshMinutes = 60;

/** A pipeline publishes its own layer and attaches it: only what is not usual for its actor counts. */
function publishedJustBefore(facts: RiskFacts): string | undefined {
  if (facts.deployer !== undefined) return undefined;
  const ages = newLayersOf(facts.layers).flatMap((layer) => {
    const published = facts.context.story?.publishes.find(({ arn }) => arn === layer.arn);
    const isUsual = layer.provenance === 'own-account' && !isNewActor(facts.context);
    if (isOfKnownPublisher(layer) || isUsual) return [];
    const inside = facts.context.layers?.find(({ arn }) => arn === layer.arn);
    return published?.minutes_before ?? inside?.minutes_before ?? [];
  });
  const youngest = Math.min(...ages);
  if (facts.changeKind === 'published' || youngest >= freshMinutes) return undefined;
  return `the layer was published ${formatDuration(youngest)} before`;
}

/** One denial happens to everybody whose permissions are being set up. */
const minDeniedAttempts = 3;

function deniedAttempts({ context }: RiskFacts): string | undefined {
  const count = context.story?.denied_attempts ?? 0;
  return count < minDeniedAttempts ? undefined : `after ${count} denied attempts`;
}

function outsideWorkingHours({ context }: RiskFacts): string | undefined {
  return context.time?.outside_working_hours === true ? 'outside working hours' : undefined;
}

function targetsLayerwatch(facts: RiskFacts): string | undefined {
  return facts.targetsLayerwatch ? 'the function is part of Layerwatch itself' : undefined;
}

/** What no deployer should do stays as severe as it is. */
function knownDeployer(facts: RiskFacts): string | undefined {
  const { deployer, changeKind, layers, targetsLayerwatch } = facts;
  const isOfUnknownAccount = newLayersOf(layers).some(({ provenance }) => provenance === 'unknown-account');
  const isGrave = changeKind === 'tampering' || targetsLayerwatch || isOfUnknownAccount || isRoot(facts);
  return deployer === undefined || isGrave ? undefined : `known deployer ${deployer}`;
}
