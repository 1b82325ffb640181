import { shown } from './ocsf-text';

/** OCSF `observable.type_id`. */
const observableType = {
  ipAddress: 2,
  userName: 4,
  hash: 8,
  resourceUid: 10,
  userAgent: 16,
  credentialId: 19,
  userUid: 31,
  accountUid: 35,
} as const;

type ObservableType = (typeof observableType)[keyof typeof observableType];

/** The parts of an event that hold observables. */
interface ObservedParts {
  readonly evidences: readonly {
    readonly actor?: {
      readonly user: { readonly name: string; readonly uid?: string; readonly credential_uid?: string };
    };
    readonly src_endpoint?: { readonly ip: string };
    readonly http_request?: { readonly user_agent: string };
    readonly file?: { readonly hashes: readonly { readonly value: string }[] };
  }[];
  readonly resources: readonly {
    readonly uid?: string;
    readonly owner?: { readonly account: { readonly uid: string } };
  }[];
}

/** What to search for in other sources, each with the attribute of the event that holds it. */
export function ocsfObservables({ evidences, resources }: ObservedParts) {
  const { ipAddress, userName, hash, resourceUid, userAgent, credentialId, userUid, accountUid } =
    observableType;
  const users = evidences.map(({ actor }) => actor?.user);
  const hashes = evidences.flatMap(({ file }) => file?.hashes.map(({ value }) => value) ?? []);
  return [
    ...observables(
      ipAddress,
      'evidences.src_endpoint.ip',
      evidences.map(({ src_endpoint }) => src_endpoint?.ip),
    ),
    ...observables(
      resourceUid,
      'resources.uid',
      resources.map(({ uid }) => uid),
    ),
    ...observables(
      accountUid,
      'resources.owner.account.uid',
      resources.map(({ owner }) => owner?.account.uid),
    ),
    ...observables(
      userName,
      'evidences.actor.user.name',
      users.map((user) => user?.name),
    ),
    ...observables(
      userUid,
      'evidences.actor.user.uid',
      users.map((user) => user?.uid),
    ),
    ...observables(
      credentialId,
      'evidences.actor.user.credential_uid',
      users.map((user) => user?.credential_uid),
    ),
    ...observables(
      userAgent,
      'evidences.http_request.user_agent',
      evidences.map(({ http_request }) => http_request?.user_agent),
    ),
    ...observables(hash, 'evidences.file.hashes.value', hashes),
  ];
}

function observables(type_id: ObservableType, name: string, values: readonly (string | undefined)[]) {
  const there = new Set(values.filter((value) => value !== undefined));
  return [...there].map((value) => ({ type_id, name, value: shown(value, 600) }));
}
