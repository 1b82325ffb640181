import { forwarderName, memberRoleName } from './forwarded-pattern';

/** What is known of the names of Layerwatch's own resources. */
export interface Ownership {
  /** Beginning of their names, the stack's name and a dash; `undefined` where Layerwatch is not deployed. */
  readonly ownNamePrefix: string | undefined;
  /** Logical ids of the stack's resources whose names CloudFormation makes. */
  readonly ownLogicalIds?: readonly string[] | undefined;
  /** ARN of the key, where the stack has one of its own. */
  readonly ownKeyArn?: string | undefined;
  /** The bus that forwarders send to; `undefined` where Layerwatch is not deployed. */
  readonly hubBusArn?: string | undefined;
}

/** CloudFormation leaves at least so much of a stack's name and of a logical id in a name that it cuts. */
const minKeptLength = 8;

/** Names and ARNs alike: a part of it is the name of a resource of the stack or of a forwarder, or the role of a member account. */
export function isOwnName(name: string, own: Ownership): boolean {
  return name
    .split(/[:/]/)
    .some(
      (part) =>
        part.startsWith(forwarderName) ||
        part === memberRoleName ||
        isOfPrefix(part, own) ||
        isCutName(part, own),
    );
}

/** Whether a name or an ARN is that of the stack itself. */
export function isOwnStack(name: string, { ownNamePrefix }: Ownership): boolean {
  return ownNamePrefix !== undefined && name.split(/[:/]/).some((part) => `${part}-` === ownNamePrefix);
}

/** Whether an id or an ARN is that of the stack's key. */
export function isOwnKey(key: string, { ownKeyArn }: Ownership): boolean {
  return ownKeyArn !== undefined && (key === ownKeyArn || ownKeyArn.endsWith(`/${key}`));
}

function isOfPrefix(part: string, { ownNamePrefix }: Ownership): boolean {
  return ownNamePrefix !== undefined && part.startsWith(ownNamePrefix);
}

/**
 * A name of CloudFormation is the stack's name, the logical id and random letters, joined by dashes. Where the service's limit is
 * short (64 for functions, roles and rules, 80 for queues), the stack's name and the logical id are each cut.
 */
function isCutName(part: string, { ownNamePrefix, ownLogicalIds = [] }: Ownership): boolean {
  const cut = /^(?<stack>.+)-(?<logicalId>[A-Za-z0-9]+)-[A-Za-z0-9]+$/.exec(part)?.groups;
  if (ownNamePrefix === undefined || cut === undefined) return false;
  const { stack = '', logicalId = '' } = cut;
  return (
    isCutOf(stack, ownNamePrefix.slice(0, -1)) && ownLogicalIds.some((whole) => isCutOf(logicalId, whole))
  );
}

function isCutOf(cut: string, whole: string): boolean {
  return whole.startsWith(cut) && cut.length >= Math.min(minKeptLength, whole.length);
}
