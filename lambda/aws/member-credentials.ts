import type { AwsCredentialIdentity } from '@smithy/types';
import type { Clock } from '../ports';
import { SignedClient, type SignedClientProps } from './signed-client';

export interface MemberRole {
  readonly roleName: string;
  readonly externalId: string;
  readonly partition: string;
}

/** The longest that a role gives to one that is itself assumed (IAM, "Role chaining"). */
const sessionSeconds = 3_600;

/** A session that ends within so long is not used any more. */
const reserveMilliseconds = 5 * 60_000;

/** Accounts whose sessions are kept; each is below 2 kB. */
const maxSessions = 2_000;

interface Session {
  readonly credentials: Promise<AwsCredentialIdentity>;
  readonly untilMilliseconds: number;
}

/** Credentials of the role of each member account, which are kept while they last. */
export class MemberCredentials {
  private readonly sts: SignedClient;
  private readonly sessions = new Map<string, Session>();

  constructor(
    props: SignedClientProps,
    private readonly role: MemberRole,
    private readonly clock: Clock,
  ) {
    this.sts = new SignedClient('sts', props);
  }

  /** Rejects where the account does not let its role be assumed; the next call asks again. */
  async of(account: string, signal: AbortSignal): Promise<AwsCredentialIdentity> {
    const now = this.clock.now().getTime();
    const known = this.sessions.get(account);
    if (known !== undefined && known.untilMilliseconds > now) return known.credentials;
    if (this.sessions.size >= maxSessions) this.sessions.clear();
    const session: Session = {
      credentials: this.assume(account, signal),
      untilMilliseconds: now + sessionSeconds * 1_000 - reserveMilliseconds,
    };
    this.sessions.set(account, session);
    try {
      return await session.credentials;
    } catch (error) {
      if (this.sessions.get(account) === session) this.sessions.delete(account);
      throw error;
    }
  }

  private async assume(account: string, signal: AbortSignal): Promise<AwsCredentialIdentity> {
    const { partition, roleName, externalId } = this.role;
    const response = await this.sts.send({
      method: 'POST',
      path: '/',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        Action: 'AssumeRole',
        Version: '2011-06-15',
        RoleArn: `arn:${partition}:iam::${account}:role/${roleName}`,
        RoleSessionName: 'layerwatch-hub',
        ExternalId: externalId,
        DurationSeconds: String(sessionSeconds),
      }).toString(),
      signal,
    });
    const xml = await response.text();
    const credentials = {
      accessKeyId: textOf(xml, 'AccessKeyId'),
      secretAccessKey: textOf(xml, 'SecretAccessKey'),
      sessionToken: textOf(xml, 'SessionToken'),
    };
    if (response.ok && Object.values(credentials).every((text) => text !== '')) return credentials;
    const reason = [textOf(xml, 'Code') || `status ${response.status}`, textOf(xml, 'Message').slice(0, 200)];
    throw new Error(`AssumeRole in account ${account}: ${reason.filter((text) => text !== '').join(', ')}`);
  }
}

/** STS answers in XML, whose elements of these names come once and hold no markup; empty where there is none. */
function textOf(xml: string, element: string): string {
  const [, behind = ''] = xml.split(`<${element}>`, 2);
  const [inside = ''] = behind.split(`</${element}>`, 1);
  return inside;
}
