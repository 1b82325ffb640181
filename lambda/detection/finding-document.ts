import type { Band } from './band';
import type { ChangeKind } from './change-kinds';
import type { FindingContext } from './context-document';
import type { DispositionReason } from './disposition-reason';
import type { EcsFields } from './ecs-document';

/** What a call did to one layer; `set` where the list before is not known. */
export type LayerChangeKind = 'added' | 'version-changed' | 'kept' | 'removed' | 'set' | 'published';

export type Provenance = 'own-account' | 'trusted' | 'organization' | 'aws' | 'vendor' | 'unknown-account';

/** `withhold`: to be notified, but over the notification budget. */
export type Disposition = 'notify' | 'record' | 'except' | 'withhold';

export type AlertStatus = 'open' | 'acknowledged' | 'closed';

export interface LayerVerdict {
  /** ARN of the layer version as the call wrote it; `null` where a publish does not name it. */
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

export interface UnavailableStep {
  readonly step: string;
  readonly reason: string;
}

/**
 * The finding as an Elastic Common Schema 9 document: what `--json` prints, what machines receive from SNS,
 * and what the alert table keeps in `document`. Every string that came from the record is hostile text.
 */
export interface FindingDocument extends EcsFields {
  readonly layerwatch: {
    readonly alert_id: string;
    readonly status: AlertStatus;
    /** @asType integer */
    readonly occurrences: number;
    /** @format date-time */
    readonly first_seen: string;
    /** @format date-time */
    readonly last_seen: string;
    /** At most 100. */
    readonly event_ids: readonly string[];
    readonly disposition: Disposition;
    /** Why it is so. */
    readonly disposition_reason: DispositionReason;
    readonly exception: string | null;
    /**
     * Repeats of the same call fold into this alert until then.
     *
     * @format date-time
     */
    readonly folds_until: string;
    readonly target: {
      readonly type: 'function' | 'layer' | 'trail' | 'resource';
      /** Unqualified ARN; `null` where the record does not say. */
      readonly arn: string | null;
      readonly name: string | null;
      /** Owner of the target. */
      readonly account: string | null;
      /** Name of that account in the configuration. */
      readonly account_name: string | null;
      readonly region: string | null;
      /** Who answers for the target, of `owners` in the configuration; absent in documents of 0.2.0 and earlier. */
      readonly owner?: string | null;
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
    /** Severity and score that the rule gives every match; 21 is Elastic's. The finding's own are in `risk`. */
    readonly rule: { readonly severity: string; readonly risk_score: number };
    readonly risk: { readonly score: number; readonly band: Band; readonly factors: readonly RiskFactor[] };
    readonly context: FindingContext;
    readonly unavailable: readonly UnavailableStep[];
    readonly undo: {
      readonly commands: readonly string[];
      /** What the commands do, or why none can be given. */
      readonly note: string;
    };
    /** Address of the team's own runbook, of `runbook` in the configuration; absent where none is configured. */
    readonly runbook?: string;
    /** What of the record could not be read. */
    readonly problems: readonly string[];
    /** Names of the fields that were left out to keep the document within its size. */
    readonly omitted?: readonly string[];
  };
}
