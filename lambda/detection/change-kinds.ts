/** What follows from one kind of change. */
interface ChangePolicy {
  /** A higher number is stronger; no two kinds share one. */
  readonly strength: number;
  /** Whether it is notified with `notifyOn: "layer-changes"`. */
  readonly notifies: boolean;
  /** Whether each call is news of its own, however often the same was notified; the others are notified once an alert. */
  readonly eachCallIsNews: boolean;
  /** Whether it puts a layer somewhere, or may have: the first of an actor, a country or a publisher counts as risk. */
  readonly addsLayers: boolean;
  /** Whether its actor, country, publishers and layers count as seen from then on. */
  readonly isRemembered: boolean;
  /** Whether it is worth asking Lambda about the function. */
  readonly looksUpFunction: boolean;
}

/**
 * Every kind of change with its policy, the strongest first: an alert keeps the strongest change of its records, and a call
 * that can be judged two ways is judged the stronger way.
 *
 * `unseen-change`: a call without layers was answered with layers that no known call set.
 */
export const changeKinds = {
  tampering: {
    strength: 10,
    notifies: true,
    eachCallIsNews: true,
    addsLayers: false,
    isRemembered: false,
    looksUpFunction: false,
  },
  added: {
    strength: 9,
    notifies: true,
    eachCallIsNews: true,
    addsLayers: true,
    isRemembered: true,
    looksUpFunction: true,
  },
  'version-changed': {
    strength: 8,
    notifies: true,
    eachCallIsNews: true,
    addsLayers: true,
    isRemembered: true,
    looksUpFunction: true,
  },
  'unseen-change': {
    strength: 7,
    notifies: true,
    eachCallIsNews: true,
    addsLayers: false,
    isRemembered: false,
    looksUpFunction: true,
  },
  'before-unknown': {
    strength: 6,
    notifies: true,
    eachCallIsNews: true,
    addsLayers: true,
    isRemembered: true,
    looksUpFunction: true,
  },
  published: {
    strength: 5,
    notifies: true,
    eachCallIsNews: false,
    addsLayers: true,
    isRemembered: true,
    looksUpFunction: false,
  },
  unreadable: {
    strength: 4,
    notifies: true,
    eachCallIsNews: true,
    addsLayers: true,
    isRemembered: true,
    looksUpFunction: true,
  },
  removed: {
    strength: 3,
    notifies: false,
    eachCallIsNews: true,
    addsLayers: false,
    isRemembered: false,
    looksUpFunction: false,
  },
  reordered: {
    strength: 2,
    notifies: false,
    eachCallIsNews: false,
    addsLayers: false,
    isRemembered: false,
    looksUpFunction: false,
  },
  unchanged: {
    strength: 1,
    notifies: false,
    eachCallIsNews: false,
    addsLayers: false,
    isRemembered: false,
    looksUpFunction: false,
  },
  'no-layers': {
    strength: 0,
    notifies: false,
    eachCallIsNews: false,
    addsLayers: false,
    isRemembered: false,
    looksUpFunction: false,
  },
} as const satisfies Readonly<Record<string, ChangePolicy>>;

/** What a call did to the layers as a whole. */
export type ChangeKind = keyof typeof changeKinds;

/** What follows from a kind of change. */
export function changePolicy(kind: ChangeKind): ChangePolicy {
  return changeKinds[kind];
}

/** All kinds, for schemas and options. */
export const changeKindNames = Object.keys(changeKinds) as readonly ChangeKind[];
