import type { FindingDocument } from '../detection/finding-document';
import { commercialPartition, partitionNamed } from '../detection/partitions';
import type { AsffPlace, AsffResource } from './asff-finding';
import { asffText, asffTexts } from './asff-text';

/** Longest id of a resource (Security Hub, Resource). */
const maxResourceIdLength = 512;

/** Layers that details list; a function has five at most (Lambda quotas), and a record may name any number. */
const maxLayers = 20;

/** What was changed, and who changed it where the record names an access key, a role or a user. */
export function asffResources(document: FindingDocument, place: AsffPlace): readonly AsffResource[] {
  const actor = actorOf(document);
  return [
    targetOf(document, place),
    ...(actor === undefined ? [] : [{ ...actor, Partition: partitionOf(place) }]),
  ];
}

function partitionOf({ partition }: AsffPlace): string {
  const named = partitionNamed(partition);
  return named?.isOfSecurityHub === true ? named.name : commercialPartition.name;
}

function targetOf(document: FindingDocument, place: AsffPlace): AsffResource {
  const { type, arn, name, account, region } = document.layerwatch.target;
  const isArn = arn !== null && arn.length <= maxResourceIdLength;
  const id = isArn ? arn : `${type} ${name ?? 'unknown'} of account ${account ?? 'unknown'}`;
  const isFunction = type === 'function' && isArn;
  return {
    Type: isFunction ? 'AwsLambdaFunction' : 'Other',
    Id: asffText(id, maxResourceIdLength) ?? 'unknown',
    Partition: partitionOf(place),
    Region: asffText(region, 100) ?? place.region,
    ...(isFunction ? { Details: { AwsLambdaFunction: functionDetails(document) } } : {}),
  };
}

/** The function after the call: its layers as the record has them, the rest as Lambda described it. */
function functionDetails({ layerwatch }: FindingDocument) {
  const { context, change, target } = layerwatch;
  const { runtime, role, revision_id, last_modified } = context.function ?? {};
  const layers = (change.after ?? []).slice(0, maxLayers).flatMap((arn) => asffText(arn, 512) ?? []);
  return {
    ...asffTexts({
      FunctionName: target.name,
      Runtime: runtime,
      Role: role,
      RevisionId: revision_id,
      LastModified: last_modified,
    }),
    Layers: layers.map((Arn) => ({ Arn })),
  };
}

function actorOf({
  aws,
  user,
  cloud,
  layerwatch,
}: FindingDocument): Omit<AsffResource, 'Partition'> | undefined {
  const identity = aws.cloudtrail.user_identity;
  const context = identity?.session_context;
  const issuer = context?.session_issuer;
  const mfa = context?.mfa_authenticated;
  const key = asffText(identity?.access_key_id, 128);
  const account = issuer?.account_id ?? cloud.account.id;
  if (key === undefined) return principalOf(layerwatch.context.actor?.principal);
  return {
    Type: 'AwsIamAccessKey',
    Id: `AWS::IAM::AccessKey:${key}`,
    Details: {
      AwsIamAccessKey: {
        AccessKeyId: key,
        ...asffTexts({
          PrincipalId: user.id,
          PrincipalType: identity?.type,
          PrincipalName: user.name,
          AccountId: account,
        }),
        ...(issuer === undefined
          ? {}
          : {
              SessionContext: {
                Attributes: {
                  ...asffTexts({ CreationDate: context?.creation_date }),
                  ...(mfa === undefined ? {} : { MfaAuthenticated: mfa === 'true' }),
                },
                SessionIssuer: asffTexts({
                  Type: issuer.type,
                  PrincipalId: issuer.principal_id,
                  Arn: issuer.arn,
                  AccountId: issuer.account_id,
                  UserName: user.name,
                }),
              },
            }),
      },
    },
  };
}

function principalOf(arn: string | null | undefined): Omit<AsffResource, 'Partition'> | undefined {
  const id = asffText(arn, maxResourceIdLength);
  if (id === undefined) return undefined;
  return { Type: id.includes(':role/') ? 'AwsIamRole' : 'AwsIamUser', Id: id };
}
