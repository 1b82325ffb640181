import type { Json } from './finding-document';
import { at, isEmpty, property, text } from './json';
import type { CloudTrailRecord } from './record';
import { withoutSecrets } from './redaction';

/** Fields of a record that the CloudTrail integration of ECS maps one to one. */
const plainFields = [
  ['event_version', 'eventVersion'],
  ['event_category', 'eventCategory'],
  ['event_type', 'eventType'],
  ['api_version', 'apiVersion'],
  ['request_id', 'requestID'],
  ['read_only', 'readOnly'],
  ['management_event', 'managementEvent'],
  ['recipient_account_id', 'recipientAccountId'],
  ['shared_event_id', 'sharedEventID'],
  ['vpc_endpoint_id', 'vpcEndpointId'],
  ['session_credential_from_console', 'sessionCredentialFromConsole'],
] as const;

/** `aws.cloudtrail` of the document: the record's own fields, without values that may be secret. */
export function auditFields(record: CloudTrailRecord): Readonly<Record<string, Json>> {
  const plain = plainFields.map(([name, key]) => [name, withoutSecrets(property(record.raw, key))] as const);
  return {
    ...Object.fromEntries(plain.filter(([, value]) => !isEmpty(value))),
    user_identity: identityFields(record),
    request_parameters: withoutSecrets(record.requestParameters),
    response_elements: withoutSecrets(record.responseElements),
  };
}

function identityFields({ identity, raw }: CloudTrailRecord): Json {
  const { issuer } = identity;
  return compact({
    type: text(at(raw, 'userIdentity', 'type')) ?? identity.type,
    arn: identity.arn,
    access_key_id: identity.accessKeyId,
    invoked_by: identity.invokedBy,
    on_behalf_of: compact({ user_id: identity.onBehalfOfUserId }),
    session_context: compact({
      mfa_authenticated: identity.mfa === undefined ? undefined : String(identity.mfa),
      creation_date: identity.creationDate,
      source_identity: identity.sourceIdentity,
      session_issuer: compact({
        type: issuer?.type,
        principal_id: issuer?.principalId,
        arn: issuer?.arn,
        account_id: issuer?.accountId,
      }),
    }),
  });
}

function compact(fields: Readonly<Record<string, Json | undefined>>): Json {
  const kept = Object.entries(fields).filter(([, value]) => !isEmpty(value));
  return Object.fromEntries(kept) as Json;
}
