import type { Band } from './band';
import type { ChangeKind } from './change-kinds';

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

export interface WorkingHours {
  /** IANA name, for example `Europe/Paris`. */
  readonly timeZone: string;
  readonly days: readonly Weekday[];
  /** `HH:MM`, included. */
  readonly from: string;
  /** `HH:MM`, excluded. */
  readonly to: string;
}

export interface Vendor {
  readonly name: string;
  /** Twelve digits. */
  readonly account: string;
  readonly layerPrefix: string;
}

export interface Deployer {
  readonly name: string;
  /** ARN of a role (not of its session) or of a user; `*` stands for any text. */
  readonly principal: string;
}

export interface Exception {
  readonly name: string;
  readonly owner: string;
  readonly reason: string;
  /** `YYYY-MM-DD`; the exception holds until the end of this day, UTC. */
  readonly expires: string;
  readonly principal?: string | undefined;
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  /** Bare name of a function. */
  readonly function?: string | undefined;
  /** ARN of a layer or of a layer version. */
  readonly layer?: string | undefined;
}

/** An organization whose member accounts forward their events to this hub. */
export interface OrganizationSettings {
  /** `o-` and 10 to 32 letters and digits. */
  readonly id: string;
  /** Member accounts, where they are not read from AWS Organizations. */
  readonly accounts: readonly string[];
  /** Whether the sweeper lists the accounts with their names once an hour. */
  readonly readAccounts: boolean;
  /** Of the role in the member accounts, by which functions are listed and the context of alerts is read; without it, neither is. */
  readonly externalId?: string | undefined;
  /** Regions of the member accounts that the sweep looks through; none: the hub's own. */
  readonly regions: readonly string[];
}

/** Where notifications of some alerts go, beside the alert topic or in its place. Every condition that is given has to hold. */
export interface Route {
  /** Becomes part of the topic's logical id. */
  readonly name: string;
  readonly accounts?: readonly string[] | undefined;
  /** Units of `accountUnits`. */
  readonly units?: readonly string[] | undefined;
  /** This band and higher ones. */
  readonly minimumBand?: Band | undefined;
  /** Address that is subscribed to the route's topic. */
  readonly email?: string | undefined;
}

/** What decides about findings. All of it may be left out of a configuration file. */
export interface DetectionSettings {
  /** `layer-changes`: what `change-kinds.ts` says; `every-match`: each match of the rule; or the kinds of change to notify. */
  readonly notifyOn: 'layer-changes' | 'every-match' | readonly ChangeKind[];
  readonly foldingWindowMinutes: number;
  readonly notificationBudget: { readonly count: number; readonly minutes: number };
  readonly minimumBandToNotify: Band;
  /** Without working hours no time counts as unusual. */
  readonly workingHours?: WorkingHours | undefined;
  readonly trustedAccounts: readonly string[];
  readonly accountNames: ReadonlyMap<string, string>;
  /** Who answers for functions, by account id or by the beginning of a function's name; the longest beginning wins. */
  readonly owners: ReadonlyMap<string, string>;
  /** `https` address of the team's own runbook, shown in each message. */
  readonly runbook?: string | undefined;
  readonly vendors: readonly Vendor[];
  readonly deployers: readonly Deployer[];
  readonly exceptions: readonly Exception[];
  /** Points by factor id; they replace the default points. */
  readonly riskPoints: ReadonlyMap<string, number>;
  readonly retentionDays: number;
  readonly organization?: OrganizationSettings | undefined;
  /** Tried in their order. */
  readonly routes: readonly Route[];
  /** `first`: the first route that fits takes the notification from the alert topic; `all`: every one that fits has it too. */
  readonly routing: 'first' | 'all';
  /** Name of an organizational unit, or any other word, by account; for routes. */
  readonly accountUnits: ReadonlyMap<string, string>;
}

/** The bucket of a trail, which the log reader reads. */
export interface TrailBucketSettings {
  readonly bucket: string;
  /** Prefix that the trail writes under, without a slash at either end. */
  readonly prefix?: string | undefined;
  /** Key that encrypts the trail's objects. */
  readonly keyArn?: string | undefined;
  /** Topic that is notified of objects; without it the bucket or EventBridge notifies the queue. */
  readonly topicArn?: string | undefined;
}

/** What only the stack needs. */
export interface StackSettings {
  readonly email?: string | undefined;
  readonly slack?: { readonly workspaceId: string; readonly channelId: string } | undefined;
  readonly kmsKeyArn?: string | undefined;
  readonly alarmEmail?: string | undefined;
  /** Whether findings go to AWS Security Hub of this account and region. */
  readonly securityHub?: boolean | undefined;
  /** Bus that findings are put on as OCSF events. */
  readonly findingsBusArn?: string | undefined;
  readonly trailBucket?: TrailBucketSettings | undefined;
  /** Whether the stack proves its whole way once a week by itself. */
  readonly selftest?: boolean | undefined;
}

export interface Settings {
  readonly detection: DetectionSettings;
  readonly stack: StackSettings;
}

/** The rule's own limits: 100 alerts a run, a run every 10 minutes. */
export const defaultDetectionSettings: DetectionSettings = {
  notifyOn: 'layer-changes',
  foldingWindowMinutes: 60,
  notificationBudget: { count: 100, minutes: 10 },
  minimumBandToNotify: 'low',
  trustedAccounts: [],
  accountNames: new Map(),
  owners: new Map(),
  vendors: [],
  deployers: [],
  exceptions: [],
  riskPoints: new Map(),
  retentionDays: 400,
  routes: [],
  routing: 'first',
  accountUnits: new Map(),
};

/** Settings with the accounts that AWS Organizations lists; a name in the configuration goes before. */
export function withAccounts(
  settings: DetectionSettings,
  members: ReadonlyMap<string, string>,
): DetectionSettings {
  const { organization } = settings;
  if (organization === undefined || members.size === 0) return settings;
  return {
    ...settings,
    accountNames: new Map([...members, ...settings.accountNames]),
    organization: { ...organization, accounts: [...organization.accounts, ...members.keys()] },
  };
}

/** Detection settings as JSON holds them: as in a configuration file, with every key. */
export type WrittenSettings = Omit<
  DetectionSettings,
  'accountNames' | 'owners' | 'riskPoints' | 'accountUnits'
> & {
  readonly accountUnits: Readonly<Record<string, string>>;
  readonly accountNames: Readonly<Record<string, string>>;
  readonly owners: Readonly<Record<string, string>>;
  readonly riskPoints: Readonly<Record<string, number>>;
};

/** The JSON form of settings that were read from a configuration. */
export function writtenSettings(settings: DetectionSettings): WrittenSettings {
  return {
    ...settings,
    accountNames: Object.fromEntries(settings.accountNames),
    owners: Object.fromEntries(settings.owners),
    riskPoints: Object.fromEntries(settings.riskPoints),
    accountUnits: Object.fromEntries(settings.accountUnits),
  };
}

/** Settings out of their JSON form; they were checked before they were written. */
export function detectionSettingsOf(written: WrittenSettings): DetectionSettings {
  return {
    ...written,
    accountNames: new Map(Object.entries(written.accountNames)),
    owners: new Map(Object.entries(written.owners)),
    riskPoints: new Map(Object.entries(written.riskPoints)),
    accountUnits: new Map(Object.entries(written.accountUnits)),
  };
}
