/** What is found out about a call beside its record: `layerwatch.context` of the finding document. */

export interface ActorContext {
  /** `userIdentity.type`, or `Unknown`. */
  readonly type: string;
  /** Type of the principal that answers for the call: the issuer's behind a federated session. */
  readonly accountable_type: string;
  /** In words, without markup: `role ci-deploy, session gh-run-812`. */
  readonly words: string;
  /** Short: `role ci-deploy`. */
  readonly short: string;
  /** ARN of the session issuer of a role, ARN of a user, else `null`. Exceptions and deployers compare this alone. */
  readonly principal: string | null;
  readonly session: string | null;
  /** `null` where the record does not say. */
  readonly mfa: boolean | null;
  readonly access: 'console' | 'access-key' | 'temporary-credentials' | 'service' | 'unknown';
  /** The service that made the call for the actor, for example `cloudformation.amazonaws.com`. */
  readonly on_behalf_by: string | null;
  /** What the session says of who stands behind it; AWS keeps it through every further role. */
  readonly source_identity?: string;
  /** Id of the Identity Center user that the call was made for. */
  readonly identity_center_user?: string;
}

export interface OriginContext {
  readonly kind: 'public' | 'private' | 'reserved' | 'aws-service' | 'aws-internal' | 'host-name' | 'unknown';
  readonly address: string | null;
  readonly country_iso_code: string | null;
  /** English name of the country. */
  readonly country_name: string | null;
  readonly vpc_endpoint: string | null;
  /** In words: `45.167.52.18, Brazil`. */
  readonly words: string;
}

export interface TimeContext {
  /** In words, in the configured zone: `Tue 6 Oct 2026 23:14:05 Europe/Paris`. */
  readonly words: string;
  /** IANA name of the zone that messages show times in; absent in documents of 0.2.0 and earlier, which mean UTC. */
  readonly time_zone?: string;
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

/** What of a layer's files reaches into the function without being called. */
export interface NotableFiles {
  /** Files of `extensions/`: each is started beside the runtime. */
  readonly extensions: readonly string[];
  /** Scripts that can wrap the runtime. */
  readonly wrappers: readonly string[];
  /** Packages that take the place of the runtime's own, such as its AWS SDK. */
  readonly shadowed: readonly string[];
}

/** What is inside a layer version's archive, by its directory. */
export interface LayerContents extends NotableFiles {
  readonly entries: number;
}

/** An object in S3, pinned to one version of it. */
export interface StoredObject {
  readonly bucket: string;
  readonly key: string;
  readonly version: string | null;
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
  /** Present where the archive contradicts itself or goes beyond the limits, so that its files are not known. */
  readonly archive_refused?: boolean;
  /** Where the archive stays, of a layer that was published with `S3ObjectStorageMode` `REFERENCE`; else absent. */
  readonly stored_in?: StoredObject;
  /** ARN of the version of the signing profile; absent where the layer is not signed or Lambda does not say. */
  readonly signed_by?: string;
  /** Absent where no earlier version is known that it takes the place of. */
  readonly difference?: LayerDifference;
}

/** What a file of a layer can do to the function; a file of several kinds counts as the first of them. */
export type FileKind =
  /** Right below `extensions/`: Lambda starts it. */
  | 'external-extension'
  /** An executable where wrappers of the runtime are. */
  | 'wrapper'
  | 'shared-object'
  | 'executable'
  /** Of a package that takes the place of the runtime's own. */
  | 'runtime-library'
  | 'other';

export type FileChange = 'added' | 'changed' | 'removed';

export interface FileGroup {
  readonly kind: FileKind;
  readonly change: FileChange;
  readonly files: number;
  /** The first of them by name. */
  readonly names: readonly string[];
}

export interface FileCounts {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly unchanged: number;
}

/** What a layer version holds that the one before did not, by the directories of both archives: name, size, CRC-32 and mode. */
export interface LayerDifference {
  /** ARN of the version before. */
  readonly compared_with: string;
  /** Whether both archives have one SHA-256; `null` where it is not known. */
  readonly same_archive: boolean | null;
  /** `null` where the files could not be compared. */
  readonly files: FileCounts | null;
  /** What differs, the kinds in the order of `FileKind`. */
  readonly groups: readonly FileGroup[];
  /** What the version before did not have at all; `null` where the files could not be compared. */
  readonly gained: NotableFiles | null;
  /** Why they could not be compared. */
  readonly problem: string | null;
}

/** The function as it is now, which may be later than the call. */
export interface FunctionContext {
  readonly role: string | null;
  readonly runtime: string | null;
  /** When code or configuration last changed. */
  readonly last_modified: string | null;
  /** Names, never values, of environment variables that start other code with the runtime; `null` where Lambda does not say. */
  readonly wrapper_variables: readonly string[] | null;
  /** Names, never values, of environment variables that may hold secrets; absent in documents of 0.2.0 and earlier. */
  readonly secret_variables?: readonly string[];
  readonly aliases: readonly string[];
  /** Services and accounts that may invoke it by its resource policy. */
  readonly invokers: readonly string[];
  /** What of it could not be looked up. */
  readonly problems: readonly string[];
  readonly layers_now: readonly string[];
  readonly revision_id: string | null;
  /** `Successful`, `InProgress` or `Failed`: the revision changes once more when an update completes. */
  readonly update_status?: string;
  /** Whether the function was changed again since the call; `null` where that is not known. */
  readonly changed_since: boolean | null;
  readonly words: string;
}

/** On how many other functions a new layer of the call is, in whatever version. */
export interface LayerElsewhere {
  /** ARN without version. */
  readonly layer: string;
  readonly functions: number;
  /** Whether there are more than `functions`. */
  readonly more: boolean;
}

/** A context step that failed is absent here and named in `layerwatch.unavailable`. */
export interface FindingContext {
  readonly actor?: ActorContext;
  readonly origin?: OriginContext;
  readonly time?: TimeContext;
  readonly history?: HistoryContext;
  readonly story?: StoryContext;
  readonly layers?: readonly LayerInside[];
  readonly elsewhere?: readonly LayerElsewhere[];
  readonly function?: FunctionContext;
}
