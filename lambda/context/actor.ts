import type { ActorContext } from '../detection/finding-document';
import { type Identity, principalArn, roleName, sessionName } from '../detection/identity';
import type { CloudTrailRecord } from '../detection/record';
import type { ContextStep } from './context-step';

export const actorStep: ContextStep = { name: 'actor', run: (record) => ({ actor: describeActor(record) }) };

/** Who acted, as far as the record tells. */
export function describeActor({ identity, userAgent }: CloudTrailRecord): ActorContext {
  const short = shortName(identity);
  const session = sessionName(identity) ?? null;
  const mfa = identity.mfa ?? null;
  return {
    type: identity.type,
    short,
    words: [short, ...details(identity, session, mfa)].join(', '),
    principal: principalArn(identity) ?? null,
    session,
    mfa,
    access: accessOf(identity, userAgent),
    on_behalf_by: identity.type === 'AWSService' ? null : (identity.invokedBy ?? null),
  };
}

function details(identity: Identity, session: string | null, mfa: boolean | null): readonly string[] {
  const parts: string[] = [];
  if (session !== null) parts.push(`session ${session}`);
  if (identity.sourceIdentity !== undefined) parts.push(`source identity ${identity.sourceIdentity}`);
  if (mfa !== null) parts.push(mfa ? 'with MFA' : 'no MFA');
  if (mfa === null && identity.type === 'IAMUser') parts.push('no MFA');
  if (identity.type !== 'AWSService' && identity.invokedBy !== undefined)
    parts.push(`through ${identity.invokedBy}`);
  return parts;
}

/** Roles that IAM Identity Center makes are called AWSReservedSSO_<permission set>_<16 hexadecimal digits>. */
const identityCenterRole = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/;

function shortName(identity: Identity): string {
  switch (identity.type) {
    case 'Root':
      return `root user of account ${identity.accountId ?? 'unknown'}`;
    case 'IAMUser':
      return `user ${identity.userName ?? identity.arn ?? identity.principalId ?? 'unknown'}`;
    case 'AssumedRole':
      return assumedRole(roleName(identity));
    case 'FederatedUser':
      return `federated user ${sessionName(identity) ?? identity.principalId ?? 'unknown'}`;
    case 'AWSService':
      return `AWS service ${identity.invokedBy ?? 'unknown'}`;
    case 'AWSAccount':
      return `account ${identity.accountId ?? 'unknown'}, principal ${identity.principalId ?? 'unknown'}`;
    case 'IdentityCenterUser':
      return `Identity Center user ${identity.onBehalfOfUserId ?? 'unknown'}`;
    default:
      return `${identity.type} ${identity.userName ?? identity.arn ?? identity.principalId ?? identity.invokedBy ?? 'without a name'}`;
  }
}

function assumedRole(role: string | undefined): string {
  const permissionSet = identityCenterRole.exec(role ?? '')?.[1];
  if (permissionSet !== undefined) return `Identity Center role ${permissionSet}`;
  return `role ${role ?? 'unknown'}`;
}

function accessOf(identity: Identity, userAgent: string | undefined): ActorContext['access'] {
  if (identity.type === 'AWSService' || identity.invokedBy?.endsWith('.amazonaws.com')) return 'service';
  if (identity.fromConsole || userAgent?.includes('AWSLambdaConsole/')) return 'console';
  if (identity.accessKeyId?.startsWith('AKIA')) return 'access-key';
  return identity.accessKeyId?.startsWith('ASIA') ? 'temporary-credentials' : 'unknown';
}
