import { type OrganizationsClient, paginateListAccounts } from '@aws-sdk/client-organizations';
import { NoAccountsError } from '../errors';
import type { Clock } from '../ports';
import type { AccountLister } from '../sweep/ports';

/** A sweep comes every ten minutes, and accounts come and go by the day. */
const listedForMilliseconds = 60 * 60_000;

/** The organization's accounts by ListAccounts, which answers in the management account and to delegated administrators. */
export class OrganizationsAccounts implements AccountLister {
  private names: ReadonlyMap<string, string> | undefined;
  private listedAt = 0;

  constructor(
    private readonly client: OrganizationsClient,
    private readonly clock: Clock,
  ) {}

  /**
   * The same list for an hour, then a new one.
   *
   * @throws {NoAccountsError} for a list without an active account
   */
  async list(): Promise<ReadonlyMap<string, string>> {
    const now = this.clock.now().getTime();
    if (this.names === undefined || now - this.listedAt > listedForMilliseconds) {
      this.names = await this.ask();
      this.listedAt = now;
    }
    return this.names;
  }

  /** `State` replaces `Status`, which AWS retired on 9 September 2026 (Organizations, "Account"); emulators still answer with the latter. */
  private async ask(): Promise<ReadonlyMap<string, string>> {
    const names = new Map<string, string>();
    for await (const { Accounts = [] } of paginateListAccounts({ client: this.client }, {}))
      for (const { Id, Name, State, Status } of Accounts)
        if (Id !== undefined && (State ?? Status) === 'ACTIVE') names.set(Id, Name ?? Id);
    if (names.size === 0) throw new NoAccountsError();
    return names;
  }
}
