import { awsCommand } from '../detection/aws-command';
import { isAccessKeyId, isPrincipalName } from '../detection/aws-grammar';
import type { ActorContext } from '../detection/context-document';
import type { FindingDocument } from '../detection/finding-document';
import type { TextFormat } from '../text/text-format';
import { revokeSessionsLink } from './links';
import { type Step, stepOf } from './step';

/** How the caller loses the access that made the call; empty where there is none to take. */
export function callerSessions(document: FindingDocument, format: TextFormat): readonly Step[] {
  const { actor } = document.layerwatch.context;
  if (actor === undefined) return [];
  const who = format.phrase(actor.short);
  switch (actor.type) {
    case 'AssumedRole':
    case 'Role':
      return [roleSessions(actor, document, format)];
    case 'IAMUser':
      return [userKey(actor, document, format)];
    case 'Root':
      return [stepOf(`Change the password of the ${who}, and delete its access keys.`)];
    case 'FederatedUser':
      return [stepOf(`Take the permissions of the principal that made the session of ${who}.`)];
    case 'AWSService':
    case 'AWSAccount':
    case 'Unknown':
      return [];
    default:
      // Types of principals keep coming; the others sign in at an identity provider.
      return [stepOf(`Revoke the sessions of ${who} at its identity provider.`)];
  }
}

/** Roles of IAM Identity Center cannot be changed in the account. */
function roleSessions(actor: ActorContext, document: FindingDocument, format: TextFormat): Step {
  const role = roleName(actor.principal);
  if (role?.startsWith('AWSReservedSSO_') === true) {
    const user = actor.session === null ? format.phrase(actor.short) : `user ${format.name(actor.session)}`;
    return stepOf(`Revoke the sessions of ${user} in IAM Identity Center.`);
  }
  return stepOf(`Revoke the sessions of ${format.phrase(actor.short)}, which made the call.`, {
    url: role === undefined ? undefined : revokeSessionsLink(role, document),
  });
}

function userKey(actor: ActorContext, { aws }: FindingDocument, format: TextFormat): Step {
  const key = aws.cloudtrail.user_identity?.access_key_id;
  const command = awsCommand(['iam', 'update-access-key'], undefined, [
    ['--user-name', actor.principal?.split('/').at(-1) ?? '', isPrincipalName],
    ['--access-key-id', key ?? '', isAccessKeyId],
    ['--status', 'Inactive', isPrincipalName],
  ]);
  const who = format.phrase(actor.short);
  return command === undefined
    ? stepOf(`Deactivate the access keys of ${who}, and delete its console password.`)
    : stepOf(`Deactivate the access key of ${who}:`, { command });
}

/** The name behind the path of a role's ARN. */
export function roleName(arn: string | null | undefined): string | undefined {
  return arn?.split(':role/')[1]?.split('/').at(-1);
}
