import { at, property, text } from './json';

/** CloudTrail's `userIdentity`; any part may be missing. AWSService has no ARN, IdentityCenterUser neither ARN nor name. */
export interface Identity {
  /** As the record writes it, else as the rest of the identity shows it; `Unknown` where nothing does. */
  readonly type: string;
  readonly principalId?: string | undefined;
  readonly arn?: string | undefined;
  readonly accountId?: string | undefined;
  readonly accessKeyId?: string | undefined;
  readonly userName?: string | undefined;
  readonly invokedBy?: string | undefined;
  readonly issuer?: Issuer | undefined;
  readonly sourceIdentity?: string | undefined;
  readonly creationDate?: string | undefined;
  /** `undefined` where the record does not say. */
  readonly mfa?: boolean | undefined;
  readonly onBehalfOfUserId?: string | undefined;
  readonly fromConsole: boolean;
}

interface Issuer {
  readonly type?: string | undefined;
  readonly arn?: string | undefined;
  readonly accountId?: string | undefined;
  readonly principalId?: string | undefined;
  readonly userName?: string | undefined;
}

/** Reads `userIdentity` of a record; total over any JSON. */
export function parseIdentity(record: unknown): Identity {
  const raw = property(record, 'userIdentity');
  const session = property(raw, 'sessionContext');
  const arn = text(property(raw, 'arn'));
  const invokedBy = text(property(raw, 'invokedBy'));
  return {
    type: typeOf(text(property(raw, 'type')), arn, invokedBy),
    principalId: text(property(raw, 'principalId')),
    arn,
    accountId: text(property(raw, 'accountId')) ?? accountOfArn(arn),
    accessKeyId: text(property(raw, 'accessKeyId')),
    userName: text(property(raw, 'userName')),
    invokedBy,
    issuer: parseIssuer(property(session, 'sessionIssuer')),
    sourceIdentity: text(property(session, 'sourceIdentity')),
    creationDate: text(at(session, 'attributes', 'creationDate')),
    mfa: flag(at(session, 'attributes', 'mfaAuthenticated')),
    onBehalfOfUserId: text(at(raw, 'onBehalfOf', 'userId')),
    fromConsole: flag(property(record, 'sessionCredentialFromConsole')) ?? false,
  };
}

/** Kinds of principal by the beginning of the resource in their ARNs. */
const typeByResource: readonly (readonly [string, string])[] = [
  ['assumed-role/', 'AssumedRole'],
  ['federated-user/', 'FederatedUser'],
  ['user/', 'IAMUser'],
  ['role/', 'Role'],
  ['root', 'Root'],
];

/** Some services write no type, or `Unknown`, beside an ARN or a service that shows it. */
function typeOf(written: string | undefined, arn: string | undefined, invokedBy: string | undefined): string {
  if (written !== undefined && written !== 'Unknown') return written;
  const resource = arn?.split(':').slice(5).join(':') ?? '';
  const byArn = typeByResource.find(([beginning]) => resource.startsWith(beginning))?.[1];
  return byArn ?? (invokedBy === undefined ? 'Unknown' : 'AWSService');
}

function accountOfArn(arn: string | undefined): string | undefined {
  const account = arn?.split(':')[4];
  return account === undefined || account === '' ? undefined : account;
}

/** The principal that answers for the call: the issuer of a federated session, whose name the caller chose. */
export function accountableType({ type, issuer }: Identity): string {
  return type === 'FederatedUser' && issuer !== undefined ? typeOf(issuer.type, issuer.arn, undefined) : type;
}

function parseIssuer(raw: unknown): Issuer | undefined {
  const issuer: Issuer = {
    type: text(property(raw, 'type')),
    arn: text(property(raw, 'arn')),
    accountId: text(property(raw, 'accountId')),
    principalId: text(property(raw, 'principalId')),
    userName: text(property(raw, 'userName')),
  };
  return Object.values(issuer).some((value) => value !== undefined) ? issuer : undefined;
}

/** CloudTrail writes the strings "true" and "false". */
function flag(value: unknown): boolean | undefined {
  if (value === true || value === 'true') return true;
  return value === false || value === 'false' ? false : undefined;
}

/**
 * Who acted, as alerts group by it: the session issuer of temporary credentials, else the principal itself. A session's
 * name is not part of it, because the caller chooses that name.
 */
export function actorKey(identity: Identity): string {
  const fallback = [
    identity.type,
    identity.accountId ?? '',
    identity.principalId ?? identity.onBehalfOfUserId ?? '',
  ];
  return identity.issuer?.arn ?? identity.arn ?? identity.invokedBy ?? fallback.join('|');
}

/** ARN of the role behind a session, of a user, or of the user behind a federated session; what exceptions and deployers compare. */
export function principalArn(identity: Identity): string | undefined {
  if (identity.type === 'AssumedRole') return identity.issuer?.arn;
  if (identity.type === 'IAMUser') return identity.arn;
  return accountableType(identity) === 'IAMUser' ? identity.issuer?.arn : undefined;
}

export function sessionName(identity: Identity): string | undefined {
  const fromArn = identity.arn?.split(':').slice(5).join(':').split('/');
  if (identity.type === 'AssumedRole') {
    return fromArn?.[0] === 'assumed-role' ? fromArn.slice(2).join('/') || undefined : undefined;
  }
  return identity.type === 'FederatedUser' ? fromArn?.slice(1).join('/') || undefined : undefined;
}

/** Role of an assumed-role session; falls back to the ARN where the issuer is missing. */
export function roleName(identity: Identity): string | undefined {
  if (identity.issuer?.userName !== undefined) return identity.issuer.userName;
  const [kind, role] = identity.arn?.split(':').slice(5).join(':').split('/') ?? [];
  return kind === 'assumed-role' ? role : undefined;
}

function isServiceLinkedRole(identity: Identity): boolean {
  return identity.issuer?.arn?.includes(':role/aws-service-role/') ?? false;
}

/** `user.name` as the CloudTrail integration of ECS sets it (newest variant): the role, never the session. */
export function userName(identity: Identity): string | undefined {
  switch (identity.type) {
    case 'AWSService':
      return undefined;
    case 'AssumedRole':
      return isServiceLinkedRole(identity) ? undefined : roleName(identity);
    case 'FederatedUser':
      return identity.issuer?.userName ?? identity.userName;
    default:
      // Types of principals keep coming, so this is no union: each other type has its name in `userName`.
      return identity.userName;
  }
}

/** `user.id` as the CloudTrail integration of ECS sets it (newest variant). */
export function userId(identity: Identity): string | undefined {
  if (identity.type === 'AWSService') return undefined;
  return identity.principalId ?? identity.onBehalfOfUserId;
}
