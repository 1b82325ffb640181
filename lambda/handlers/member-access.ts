import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { lookupPlaces } from '../aws/lookup-places';
import { MemberCredentials } from '../aws/member-credentials';
import type { SignedClientProps } from '../aws/signed-client';
import { memberRoleName } from '../detection/forwarded-pattern';
import type { DetectionSettings } from '../detection/settings';
import type { LambdaLookupAt } from '../ports';
import { required, systemClock } from './environment';

/** Only where the external id of the role in the member accounts is configured. */
export function memberCredentialsOf(
  environment: NodeJS.ProcessEnv,
  client: DynamoDBClient,
  { organization }: DetectionSettings,
): MemberCredentials | undefined {
  if (organization?.externalId === undefined) return undefined;
  const [, partition = 'aws'] = required(environment, 'alertTopic').split(':');
  return new MemberCredentials(
    signedAs(environment, client, 'STS'),
    { roleName: memberRoleName, externalId: organization.externalId, partition },
    systemClock,
  );
}

export function lambdaLookupsOf(
  environment: NodeJS.ProcessEnv,
  client: DynamoDBClient,
  settings: DetectionSettings,
): LambdaLookupAt {
  const [, , , , ownAccount = ''] = required(environment, 'alertTopic').split(':');
  return lookupPlaces({
    own: signedAs(environment, client, 'LAMBDA'),
    ownAccount,
    members: memberCredentialsOf(environment, client, settings),
    clock: systemClock,
  });
}

/** Signs with what the DynamoDB client found: the credentials of the function's role. */
function signedAs(
  environment: NodeJS.ProcessEnv,
  { config }: DynamoDBClient,
  service: 'LAMBDA' | 'STS',
): SignedClientProps {
  return {
    region: required(environment, 'region'),
    credentials: config.credentials,
    sha256: config.sha256,
    endpoint: environment[`AWS_ENDPOINT_URL_${service}`] ?? environment['AWS_ENDPOINT_URL'],
  };
}
