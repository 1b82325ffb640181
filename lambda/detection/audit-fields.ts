import { definedOnly } from '../text/format';
import type { CloudTrailFields, CloudTrailUserIdentity } from './cloudtrail-fields';
import { optionalKeyword } from './ecs-text';
import { flattenedObject } from './flattened';
import { at, isEmpty, type Json, property, text } from './json';
import type { CloudTrailRecord } from './record';
import { withoutSecrets } from './redaction';

/** `aws.cloudtrail` of the document: the record's own fields, without values that may be secret. */
export function auditFields(record: CloudTrailRecord): CloudTrailFields {
  const { raw } = record;
  const plain = (key: string) => optionalKeyword(text(property(raw, key)));
  const flag = (key: string) => flagOf(property(raw, key));
  return definedOnly({
    event_version: plain('eventVersion'),
    event_category: plain('eventCategory'),
    event_type: plain('eventType'),
    api_version: plain('apiVersion'),
    request_id: plain('requestID'),
    read_only: flag('readOnly'),
    management_event: flag('managementEvent'),
    recipient_account_id: plain('recipientAccountId'),
    shared_event_id: plain('sharedEventID'),
    vpc_endpoint_id: plain('vpcEndpointId'),
    session_credential_from_console: flag('sessionCredentialFromConsole')?.toString(),
    user_identity: identityFields(record),
    ...parameterFields(withoutSecrets(record.requestParameters), withoutSecrets(record.responseElements)),
  });
}

/** What a call asked and what AWS answered, without secrets: as JSON text, and as an object where it is one. */
export function parameterFields(
  request: Json,
  response: Json,
): Pick<CloudTrailFields, 'request_parameters' | 'response_elements' | 'flattened'> {
  return definedOnly({
    request_parameters: request === null ? undefined : JSON.stringify(request),
    response_elements: response === null ? undefined : JSON.stringify(response),
    flattened: nonEmpty(
      definedOnly({
        request_parameters: flattenedObject(request),
        response_elements: flattenedObject(response),
      }),
    ),
  });
}

function identityFields({ identity, raw }: CloudTrailRecord): CloudTrailUserIdentity | undefined {
  const { issuer } = identity;
  const type = text(at(raw, 'userIdentity', 'type')) ?? identity.type;
  return nonEmpty(
    definedOnly({
      type: optionalKeyword(type),
      arn: optionalKeyword(identity.arn),
      access_key_id: optionalKeyword(identity.accessKeyId),
      invoked_by: optionalKeyword(identity.invokedBy),
      session_context: nonEmpty(
        definedOnly({
          mfa_authenticated: identity.mfa?.toString(),
          creation_date: dateOf(identity.creationDate),
          session_issuer: nonEmpty(
            definedOnly({
              type: optionalKeyword(issuer?.type),
              principal_id: optionalKeyword(issuer?.principalId),
              arn: optionalKeyword(issuer?.arn),
              account_id: optionalKeyword(issuer?.accountId),
            }),
          ),
        }),
      ),
    }),
  );
}

/** CloudTrail writes a flag as a JSON boolean or as its text. */
function flagOf(value: unknown): boolean | undefined {
  if (value === true || value === 'true') return true;
  return value === false || value === 'false' ? false : undefined;
}

/** CloudTrail's form of a time. Any other text in a field of the type `date` makes the index refuse the whole document. */
function dateOf(time: string | undefined): string | undefined {
  const isTime = time !== undefined && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(time);
  return isTime && !Number.isNaN(Date.parse(time)) ? time : undefined;
}

function nonEmpty<T extends object>(fields: T): T | undefined {
  return isEmpty(fields) ? undefined : fields;
}
