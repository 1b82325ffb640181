import { parseLayerArn, partitionOfArn } from './arn';
import type { Provenance } from './finding-document';
import { type KnownPublisher, knownPublishers } from './known-publishers';
import type { DetectionSettings } from './settings';

export interface Owner {
  readonly provenance: Provenance;
  /** Name of the publisher where one is known. */
  readonly publisher: string | undefined;
}

export type ProvenanceSettings = Pick<
  DetectionSettings,
  'trustedAccounts' | 'vendors' | 'accountNames' | 'organization'
>;

const publishersByAccount = groupByAccount(knownPublishers);

function groupByAccount(
  publishers: readonly KnownPublisher[],
): ReadonlyMap<string, readonly KnownPublisher[]> {
  const byAccount = new Map<string, KnownPublisher[]>();
  for (const publisher of publishers) {
    byAccount.set(publisher.account, [...(byAccount.get(publisher.account) ?? []), publisher]);
  }
  return byAccount;
}

/**
 * Whose a layer is, seen from the function, or from a layer of the same account. An account alone never makes a vendor: account, beginning of
 * the layer's name and partition have to fit together. What cannot be read is of an unknown account.
 */
export function provenanceOf(
  arn: string | undefined,
  functionPlace: { readonly arn: string | undefined; readonly account: string | undefined },
  settings: ProvenanceSettings,
): Owner {
  const layer = parseLayerArn(arn ?? '');
  if (layer === undefined) return { provenance: 'unknown-account', publisher: undefined };
  const { account, name, partition } = layer;
  const accountName = settings.accountNames.get(account);
  const isOwn =
    account === functionPlace.account && partition === (partitionOfArn(functionPlace.arn) ?? partition);
  if (isOwn) return { provenance: 'own-account', publisher: accountName };
  if (settings.trustedAccounts.includes(account)) return { provenance: 'trusted', publisher: accountName };
  if (settings.organization?.accounts.includes(account))
    return { provenance: 'organization', publisher: accountName };
  const vendor = settings.vendors.find(
    (entry) => entry.account === account && name.startsWith(entry.layerPrefix),
  );
  if (vendor !== undefined) return { provenance: 'vendor', publisher: vendor.name };
  const known = publishersByAccount
    .get(account)
    ?.find((entry) => entry.partition === partition && name.startsWith(entry.layerPrefix));
  if (known !== undefined) return { provenance: known.kind, publisher: known.publisher };
  return { provenance: 'unknown-account', publisher: accountName };
}
