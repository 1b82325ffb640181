import type { ActorContext } from '../detection/context-document';
import { accountableType, type Identity, principalArn, roleName, sessionName } from '../detection/identity';
import type { CloudTrailRecord } from '../detection/record';
import { definedOnly } from '../text/format';
import { displayName } from '../text/untrusted-text';
import type { ContextStep } from './context-step';

export const actorStep: ContextStep = { name: 'actor', run: (record) => ({ actor: describeActor(record) }) };

/** Who acted, as far as the record says. */
export function describeActor({ identity, userAgent, recipientAccountId }: CloudTrailRecord): ActorContext {
  const short = shortName(identity, recipientAccountId);
  const session = sessionName(identity) ?? null;
  const mfa = identity.mfa ?? null;
  const access = accessOf(identity, userAgent);
  return {
    type: identity.type,
    accountable_type: accountableType(identity),
    short,
    words: [short, ...details(identity, session, mfa), ...describeAccess(access)].join(', '),
    principal: principalArn(identity) ?? null,
    session,
    mfa,
    access,
    on_behalf_by: identity.type === 'AWSService' ? null : (identity.invokedBy ?? null),
    ...definedOnly({
      source_identity: identity.sourceIdentity,
      identity_center_user: identity.onBehalfOfUserId,
    }),
  };
}

function details(identity: Identity, session: string | null, mfa: boolean | null): readonly string[] {
  const parts: string[] = [];
  if (session !== null) parts.push(`session ${displayName(session)}`);
  if (identity.sourceIdentity !== undefined)
    parts.push(`source identity ${displayName(identity.sourceIdentity)}`);
  if (mfa === true) parts.push('with MFA');
  if (isWithoutMfa(identity, mfa)) parts.push('no MFA');
  if (identity.type !== 'AWSService' && identity.invokedBy !== undefined)
    parts.push(`through ${serviceName(identity.invokedBy)}`);
  return parts;
}

/** Sessions of roles say nothing of the MFA behind them: pipelines have none, and Identity Center asks for its own. */
function isWithoutMfa(identity: Identity, mfa: boolean | null): boolean {
  if (mfa === true || identity.type === 'AssumedRole') return false;
  return mfa === false || accountableType(identity) === 'IAMUser';
}

/** Roles that IAM Identity Center makes are called AWSReservedSSO_<permission set>_<16 hexadecimal digits>. */
const identityCenterRole = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/;

function shortName(identity: Identity, recipientAccountId: string | undefined): string {
  const { accountId, arn, principalId, invokedBy, userName } = identity;
  switch (identity.type) {
    case 'Root':
      return `root user of account ${nameOf(accountId ?? recipientAccountId)}`;
    case 'IAMUser':
      return `user ${nameOf(userName ?? arn ?? principalId)}`;
    case 'AssumedRole':
      return assumedRole(roleName(identity));
    case 'Role':
      return `role ${nameOf(userName ?? arn?.split('/').at(-1) ?? principalId)}`;
    case 'FederatedUser':
      return federatedUser(identity);
    case 'SAMLUser':
      return `SAML user ${nameOf(userName ?? principalId)}`;
    case 'WebIdentityUser':
      return `web identity ${nameOf(userName ?? principalId)}`;
    case 'Directory':
      return `directory user ${nameOf(userName ?? principalId)}`;
    case 'AWSService':
      return `AWS service ${serviceName(invokedBy ?? 'unknown')}`;
    case 'AWSAccount':
      return `account ${nameOf(accountId)}, principal ${nameOf(principalId)}`;
    case 'IdentityCenterUser':
      return `Identity Center user ${nameOf(identity.onBehalfOfUserId)}`;
    case 'Unknown':
      return principalId === undefined && userName === undefined
        ? 'an unknown caller'
        : `principal ${nameOf(userName ?? principalId)}`;
    default:
      // Types of principals keep coming, so this is no union.
      return `${displayName(identity.type)} ${nameOf(userName ?? arn ?? principalId ?? invokedBy)}`;
  }
}

/** The name of a federated session is the caller's choice: who made the session comes with it. */
function federatedUser(identity: Identity): string {
  const name = nameOf(sessionName(identity) ?? identity.principalId);
  const { issuer } = identity;
  if (issuer === undefined) return `federated user ${name}`;
  const maker =
    accountableType(identity) === 'Root'
      ? `the root user of account ${nameOf(issuer.accountId)}`
      : `user ${nameOf(issuer.userName ?? issuer.arn ?? issuer.principalId)}`;
  return `federated user ${name} of ${maker}`;
}

/** `cloudformation` of `cloudformation.amazonaws.com`; a service that CloudTrail does not name is `AWS Internal`. */
function serviceName(invokedBy: string): string {
  if (invokedBy === 'AWS Internal') return invokedBy;
  return displayName(invokedBy.replace(/\.amazonaws\.com(\.cn)?$/, ''));
}

function nameOf(name: string | undefined): string {
  return displayName(name ?? 'unknown');
}

function assumedRole(role: string | undefined): string {
  const permissionSet = identityCenterRole.exec(role ?? '')?.[1];
  if (permissionSet !== undefined) return `Identity Center permission set ${nameOf(permissionSet)}`;
  return `role ${nameOf(role)}`;
}

/** Temporary credentials are what everybody should have, so only the others are worth a word. */
function describeAccess(access: ActorContext['access']): readonly string[] {
  if (access === 'console') return ['in the console'];
  return access === 'access-key' ? ['by a long-lived access key'] : [];
}

function accessOf(identity: Identity, userAgent: string | undefined): ActorContext['access'] {
  if (identity.type === 'AWSService' || identity.invokedBy?.endsWith('.amazonaws.com')) return 'service';
  if (identity.fromConsole || userAgent?.includes('AWSLambdaConsole/')) return 'console';
  if (identity.accessKeyId?.startsWith('AKIA')) return 'access-key';
  return identity.accessKeyId?.startsWith('ASIA') ? 'temporary-credentials' : 'unknown';
}
