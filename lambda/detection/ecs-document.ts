import type { CloudTrailFields } from './cloudtrail-fields';

/**
 * The fields of the Elastic Common Schema (ECS) that a finding has. Each is of the published field list
 * (https://www.elastic.co/docs/reference/ecs/ecs-field-reference), and no text of a keyword field is longer than its index takes.
 */
export interface EcsFields {
  /**
   * Time of the call; where the record has none, when it was judged.
   *
   * @format date-time
   */
  readonly '@timestamp': string;
  readonly ecs: { readonly version: string };
  /** One sentence that says what happened. */
  readonly message: string;
  readonly event: EcsEvent;
  /** What saw the call. */
  readonly observer: Observer;
  readonly rule: {
    readonly id: string;
    /** Of the rule among all rules that write to the same index; the same in each release. */
    readonly uuid: string;
    readonly name: string;
    readonly version: string;
    readonly reference: readonly string[];
    readonly category: string;
  };
  readonly threat: {
    readonly framework: string;
    readonly tactic: ThreatEntry;
    readonly technique: ThreatEntry;
  };
  readonly cloud: {
    readonly provider: 'aws';
    /** The caller's account; `name` from the configuration. */
    readonly account: { readonly id?: string; readonly name?: string };
    readonly region?: string;
    /** The service that was called: `lambda`, `cloudtrail`, `events`. */
    readonly service: { readonly name?: string };
  };
  /** The caller, as the CloudTrail integration of Elastic names it. */
  readonly user: {
    readonly id?: string;
    readonly name?: string;
    /** Where the session's name is an address, as Identity Center writes it. The caller of AssumeRole may choose that name. */
    readonly email?: string;
    /** ARN of the principal. */
    readonly entity?: { readonly id: string };
  };
  /** The AWS service that called by itself. */
  readonly service?: { readonly name: string; readonly entity: { readonly id: string } };
  readonly source: {
    readonly address?: string;
    readonly ip?: string;
    readonly geo?: { readonly country_iso_code: string; readonly country_name?: string };
  };
  readonly tls?: {
    readonly cipher?: string;
    /** Number of the version, such as `1.3`. */
    readonly version?: string;
    readonly version_protocol?: 'tls' | 'ssl';
    readonly client?: { readonly server_name: string };
  };
  readonly user_agent: { readonly original?: string };
  /** What to search for everything about the caller. */
  readonly related?: { readonly user?: readonly string[]; readonly ip?: readonly string[] };
  readonly aws: { readonly cloudtrail: CloudTrailFields };
}

interface EcsEvent {
  readonly kind: 'alert';
  readonly category: readonly ['configuration'];
  readonly type: readonly EventType[];
  /** Not that of CloudTrail's own records, so that rules over those do not match a finding as well. */
  readonly module: 'layerwatch';
  readonly dataset: 'layerwatch.finding';
  /** CloudTrail's `eventID`. */
  readonly id: string;
  readonly provider: string;
  readonly action: string;
  readonly outcome: 'success';
  /**
   * When Layerwatch made this document.
   *
   * @format date-time
   */
  readonly created: string;
  readonly risk_score: number;
  /**
   * The highest score of the band: 21, 47, 73 or 99.
   *
   * @asType integer
   */
  readonly severity: number;
  /** Why the score is what it is. */
  readonly reason: string;
}

export type EventType = 'change' | 'creation' | 'deletion';

interface Observer {
  readonly vendor: 'Layerwatch';
  readonly product: 'Layerwatch';
  readonly type: 'sensor';
}

interface ThreatEntry {
  readonly id: readonly string[];
  readonly name: readonly string[];
  readonly reference: readonly string[];
}
