import type { Band } from './band';

/** Any JSON value, as it came; read it with the guards of `json.ts`. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export const changeKinds = [
  'tampering',
  'added',
  'version-changed',
  'before-unknown',
  'published',
  'reordered',
  'unchanged',
  'removed',
  'no-layers',
  'unreadable',
] as const;
/** What a call did to the layers as a whole. */
export type ChangeKind = (typeof changeKinds)[number];

/** What a call did to one layer; `set` where the list before is not known. */
export type LayerChangeKind = 'added' | 'version-changed' | 'kept' | 'removed' | 'set' | 'published';

export type Provenance = 'own-account' | 'trusted' | 'aws' | 'vendor' | 'unknown-account';

/** `withhold`: to be notified, but over the notification budget. */
export type Disposition = 'notify' | 'record' | 'except' | 'withhold';

export type AlertStatus = 'open' | 'acknowledged' | 'closed';

export interface LayerVerdict {
  /** ARN of the layer version as the call wrote it; `null` where a publish does not tell it. */
  readonly arn: string | null;
  readonly name: string | null;
  readonly version: string | null;
  /** Owner of the layer; `null` where the ARN cannot be read. */
  readonly account: string | null;
  readonly change: LayerChangeKind;
  /** The version before, for `version-changed`. */
  readonly from_version?: string;
  readonly provenance: Provenance;
  /** Name of the AWS service, vendor or trusted account that published the layer. */
  readonly publisher: string | null;
}

export interface RiskFactor {
  readonly id: string;
  readonly points: number;
  /** Lower-case phrase without a final period, for example `layer of unknown account 999988887777`. */
  readonly reason: string;
}

export interface ActorContext {
  /** `userIdentity.type`, or `Unknown`. */
  readonly type: string;
  /** In words, without markup: `role ci-deploy, session gh-run-812`. */
  readonly words: string;
  /** Short: `role ci-deploy`. */
  readonly short: string;
  /** ARN of the session issuer of a role, ARN of a user, else `null`. Exceptions and deployers compare this alone. */
  readonly principal: string | null;
  readonly session: string | null;
  /** `null` where the record does not tell. */
  readonly mfa: boolean | null;
  readonly access: 'console' | 'access-key' | 'temporary-credentials' | 'service' | 'unknown';
  /** The service that made the call for the actor, for example `cloudformation.amazonaws.com`. */
  readonly on_behalf_by: string | null;
}

export interface OriginContext {
  readonly kind: 'public' | 'private' | 'aws-service' | 'aws-internal' | 'host-name' | 'unknown';
  readonly address: string | null;
  readonly country_iso_code: string | null;
  /** English name of the country. */
  readonly country_name: string | null;
  readonly vpc_endpoint: string | null;
  /** In words: `203.0.113.7, Brazil`. */
  readonly words: string;
}

export interface TimeContext {
  /** In words, in the configured zone: `Tue 6 Oct 2026 23:14:05 Europe/Paris`. */
  readonly words: string;
  /** `null` where no working hours are configured or the record has no time. */
  readonly outside_working_hours: boolean | null;
}

/** What of the call was seen before, from Layerwatch's own memory. */
export interface HistoryContext {
  /** Whether earlier layer changes are known at all: without them everything is a first and nothing is unusual. */
  readonly comparable: boolean;
  /** No layer change by the actor is known from earlier than a quarter of an hour before. */
  readonly actor_new: boolean;
  readonly actor_first_seen: string | null;
  /** Days since the actor's last earlier day with a layer change; `null` where none is known. */
  readonly days_since_change: number | null;
  /** Those of 7, 30 and 90 within which the actor changed layers on an earlier day. */
  readonly changed_within_days: readonly number[];
  /** `null` where the country is not known or the actor is new. */
  readonly country_new_for_actor: boolean | null;
  /** Whether no layer change at all came from this country; `null` where it is not known. */
  readonly country_new: boolean | null;
  /** ISO codes of the other countries that the actor was seen from. */
  readonly countries_before: readonly string[];
  /** Accounts whose layers were not seen before. */
  readonly new_publishers: readonly string[];
  /** ARNs, without version, of layers that were not seen before. */
  readonly new_layers: readonly string[];
  /** `first layer change by this actor that Layerwatch has seen`. */
  readonly actor_words: string;
  /** `this actor was only seen from Ireland before`; `null` where the country is nothing new. */
  readonly origin_words: string | null;
}

/** A layer version of the call that was published under Layerwatch's eyes. */
export interface EarlierPublish {
  readonly arn: string;
  readonly published: string;
  readonly minutes_before: number;
  readonly by_same_actor: boolean;
}

/** What led to the call. */
export interface StoryContext {
  readonly publishes: readonly EarlierPublish[];
  /** Calls of the actor that AWS denied in the 24 hours before; counted up to 200 a day. */
  readonly denied_attempts: number;
  readonly denied_errors: readonly string[];
  readonly words: readonly string[];
}

/** What is inside a layer version's archive, by its directory. */
export interface LayerContents {
  readonly entries: number;
  /** Files of `extensions/`: each is started beside the runtime. */
  readonly extensions: readonly string[];
  /** Scripts that can wrap the runtime. */
  readonly wrappers: readonly string[];
  /** Packages that take the place of the runtime's own, such as its AWS SDK. */
  readonly shadowed: readonly string[];
}

/** A new layer of the call, as Lambda describes it. */
export interface LayerInside {
  readonly arn: string;
  readonly size_bytes: number | null;
  /** SHA-256 of the archive, base64, as Lambda writes it. */
  readonly sha256: string | null;
  readonly created: string | null;
  /** Minutes from its creation to the call. */
  readonly minutes_before: number | null;
  readonly description: string | null;
  readonly license: string | null;
  readonly contents: LayerContents | null;
  /** Why something of it is not known; `null` where all is. */
  readonly problem: string | null;
}

/** The function as it is now, which may be later than the call. */
export interface FunctionContext {
  readonly role: string | null;
  readonly runtime: string | null;
  /** When code or configuration last changed. */
  readonly last_modified: string | null;
  /** Names, never values, of environment variables that start other code with the runtime. */
  readonly wrapper_variables: readonly string[];
  readonly aliases: readonly string[];
  /** Services and accounts that may invoke it by its resource policy. */
  readonly invokers: readonly string[];
  /** What of it could not be looked up. */
  readonly problems: readonly string[];
  readonly layers_now: readonly string[];
  readonly revision_id: string | null;
  /** Whether the function was changed again since the call; `null` where that cannot be told. */
  readonly changed_since: boolean | null;
  readonly words: string;
}

/** A context step that failed is absent here and named in `layerwatch.unavailable`. */
export interface FindingContext {
  readonly actor?: ActorContext;
  readonly origin?: OriginContext;
  readonly time?: TimeContext;
  readonly history?: HistoryContext;
  readonly story?: StoryContext;
  readonly layers?: readonly LayerInside[];
  readonly function?: FunctionContext;
}

export interface UnavailableStep {
  readonly step: string;
  readonly reason: string;
}

/**
 * The finding as an Elastic Common Schema 9 document: what `--json` prints, what machines receive from SNS,
 * and what the alert table keeps in `document`. Every string that came from the record is hostile text.
 */
export interface FindingDocument {
  readonly '@timestamp': string;
  readonly ecs: { readonly version: string };
  /** One sentence that says what happened. */
  readonly message: string;
  readonly event: {
    readonly kind: 'alert';
    /** CloudTrail's `eventID`. */
    readonly id: string;
    readonly provider: string;
    readonly action: string;
    readonly outcome: 'success';
    /** When Layerwatch made this document. */
    readonly created: string;
    readonly risk_score: number;
    /** The highest score of the band: 21, 47, 73 or 99. */
    readonly severity: number;
    /** Why the score is what it is. */
    readonly reason: string;
  };
  readonly rule: {
    readonly id: string;
    readonly name: string;
    readonly version: string;
    readonly reference: readonly string[];
    readonly category: string;
    readonly severity: string;
    readonly risk_score: number;
  };
  readonly threat: {
    readonly framework: string;
    readonly tactic: {
      readonly id: readonly string[];
      readonly name: readonly string[];
      readonly reference: readonly string[];
    };
    readonly technique: {
      readonly id: readonly string[];
      readonly name: readonly string[];
      readonly reference: readonly string[];
    };
  };
  readonly cloud: {
    readonly provider: 'aws';
    /** The caller's account; `name` from the configuration. */
    readonly account: { readonly id?: string; readonly name?: string };
    readonly region?: string;
    readonly service: { readonly name: string };
  };
  readonly user: { readonly id?: string; readonly name?: string };
  readonly source: {
    readonly address?: string;
    readonly ip?: string;
    readonly geo?: { readonly country_iso_code: string };
  };
  readonly user_agent: { readonly original?: string };
  readonly aws: { readonly cloudtrail: Readonly<Record<string, Json>> };
  readonly layerwatch: {
    readonly alert_id: string;
    readonly status: AlertStatus;
    readonly occurrences: number;
    readonly first_seen: string;
    readonly last_seen: string;
    /** At most 100. */
    readonly event_ids: readonly string[];
    readonly disposition: Disposition;
    readonly exception: string | null;
    /** Repeats of the same call fold into this alert until then. */
    readonly folds_until: string;
    readonly target: {
      readonly type: 'function' | 'layer' | 'trail' | 'resource';
      /** Unqualified ARN; `null` where the record does not tell. */
      readonly arn: string | null;
      readonly name: string | null;
      /** Owner of the target. */
      readonly account: string | null;
      /** Name of that account in the configuration. */
      readonly account_name: string | null;
      readonly region: string | null;
    };
    readonly change: {
      readonly kind: ChangeKind;
      /** Ordered layer version ARNs; `null` where not known. */
      readonly before: readonly string[] | null;
      readonly after: readonly string[] | null;
      readonly layers: readonly LayerVerdict[];
      /** Name of the call, of one that may make Layerwatch blind or silent. */
      readonly action?: string;
    };
    readonly risk: { readonly score: number; readonly band: Band; readonly factors: readonly RiskFactor[] };
    readonly context: FindingContext;
    readonly unavailable: readonly UnavailableStep[];
    readonly undo: {
      readonly commands: readonly string[];
      /** What the commands do, or why none can be given. */
      readonly note: string;
    };
    /** What of the record could not be read. */
    readonly problems: readonly string[];
    /** Names of the fields that were left out to keep the document within its size. */
    readonly omitted?: readonly string[];
  };
}
