import { type OrganizationsClient, paginateListAccounts } from '@aws-sdk/client-organizations';
import type { AccountLister } from '../sweep-ports';

/** The organization's accounts by ListAccounts, which answers in the management account and to delegated administrators. */
export class OrganizationsAccounts implements AccountLister {
  constructor(private readonly client: OrganizationsClient) {}

  async list(): Promise<ReadonlyMap<string, string>> {
    const names = new Map<string, string>();
    for await (const { Accounts = [] } of paginateListAccounts({ client: this.client }, {}))
      for (const { Id, Name, Status } of Accounts)
        if (Id !== undefined && Status === 'ACTIVE') names.set(Id, Name ?? Id);
    return names;
  }
}
