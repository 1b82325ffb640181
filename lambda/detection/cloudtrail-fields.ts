import type { Json } from './json';

/**
 * `aws.cloudtrail` as the CloudTrail integration of Elastic maps it (elastic/integrations,
 * packages/aws/data_stream/cloudtrail/fields/fields.yml). No name of a field comes from a record: what a record names itself is text in
 * `request_parameters` and `response_elements`, and below `flattened`, which the mapping holds as one field each.
 */
export interface CloudTrailFields {
  readonly event_version?: string;
  readonly event_category?: string;
  readonly event_type?: string;
  readonly api_version?: string;
  readonly request_id?: string;
  readonly read_only?: boolean;
  readonly management_event?: boolean;
  readonly recipient_account_id?: string;
  readonly shared_event_id?: string;
  readonly vpc_endpoint_id?: string;
  readonly session_credential_from_console?: string;
  readonly user_identity?: CloudTrailUserIdentity;
  /** JSON text, without values that may be secret. */
  readonly request_parameters?: string;
  /** JSON text, without values that may be secret. */
  readonly response_elements?: string;
  readonly flattened?: {
    readonly request_parameters?: FlattenedObject;
    readonly response_elements?: FlattenedObject;
  };
}

/** The parameters as an object, without keys that no parameter of AWS has; a text is cut after 8,191 UTF-16 units. */
export type FlattenedObject = { readonly [key: string]: Json };

export interface CloudTrailUserIdentity {
  readonly type?: string;
  readonly arn?: string;
  readonly access_key_id?: string;
  readonly invoked_by?: string;
  readonly session_context?: {
    readonly mfa_authenticated?: string;
    /** @format date-time */
    readonly creation_date?: string;
    readonly session_issuer?: {
      readonly type?: string;
      readonly principal_id?: string;
      readonly arn?: string;
      readonly account_id?: string;
    };
  };
}
