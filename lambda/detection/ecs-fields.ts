import { definedOnly } from '../text/format';
import type { FindingContext } from './context-document';
import type { EcsFields, EventType } from './ecs-document';
import { keyword, optionalKeyword } from './ecs-text';
import { sessionName, userId, userName } from './identity';
import { at, text } from './json';
import type { CloudTrailRecord } from './record';
import { sourceIp } from './source-address';

/** What kind of change of a configuration a call is, by how AWS names its calls. */
export function eventType(action: string): EventType {
  if (/^(Create|Publish)/.test(action)) return 'creation';
  return /^(Delete|Remove)/.test(action) ? 'deletion' : 'change';
}

/** The caller's account, as the CloudTrail integration of ECS has it; the target's owner is in `layerwatch.target`. */
export function cloudFields(
  record: CloudTrailRecord,
  accountNames: ReadonlyMap<string, string>,
): EcsFields['cloud'] {
  const id = record.identity.accountId ?? record.recipientAccountId;
  return {
    provider: 'aws',
    account: definedOnly({ id: optionalKeyword(id), name: optionalKeyword(accountNames.get(id ?? '')) }),
    ...definedOnly({ region: optionalKeyword(record.region) }),
    service: { name: serviceOf(record.eventSource) },
  };
}

/** A record whose service cannot be read matches by its action alone, which is Lambda's. */
function serviceOf(eventSource = 'lambda.amazonaws.com'): string {
  return keyword(eventSource.replace(/\.amazonaws\.com(\.cn)?$/, ''));
}

/** The caller: a principal with its ARN, or a service. */
export function callerFields({ identity }: CloudTrailRecord): Pick<EcsFields, 'user' | 'service'> {
  const { type, arn, invokedBy } = identity;
  const user = definedOnly({
    id: optionalKeyword(userId(identity)),
    name: optionalKeyword(userName(identity)),
    email: emailOf(sessionName(identity)),
  });
  if (type !== 'AWSService')
    return { user: { ...user, ...(arn === undefined ? {} : { entity: { id: keyword(arn) } }) } };
  const name = optionalKeyword(invokedBy);
  return { user, ...(name === undefined ? {} : { service: { name, entity: { id: name } } }) };
}

/** An address as a session may be named after: session names have letters, digits and `+=,.@-_` (STS AssumeRole), 64 at most. */
const emailForm = /^[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,4}$/;

function emailOf(session: string | undefined): string | undefined {
  return session !== undefined && emailForm.test(session) ? session : undefined;
}

export function sourceFields(
  { sourceAddress }: CloudTrailRecord,
  { origin }: FindingContext,
): EcsFields['source'] {
  const country = origin?.country_iso_code;
  const name = origin?.country_name ?? undefined;
  return {
    ...definedOnly({ address: optionalKeyword(sourceAddress), ip: sourceIp(sourceAddress) }),
    ...(country ? { geo: { country_iso_code: country, ...definedOnly({ country_name: name }) } } : {}),
  };
}

/** What to search for everything about the caller: names, ids and addresses. */
export function relatedFields({ identity, sourceAddress }: CloudTrailRecord): Pick<EcsFields, 'related'> {
  const users = [userName(identity), userId(identity), sessionName(identity), identity.arn];
  const user = [...new Set(users.filter((each) => each !== undefined).map(keyword))];
  const ip = sourceIp(sourceAddress);
  const related = {
    ...(user.length === 0 ? {} : { user }),
    ...(ip === undefined ? {} : { ip: [ip] }),
  };
  return Object.keys(related).length === 0 ? {} : { related };
}

/** `tlsDetails` of the record: how the call was encrypted, and the host that it was sent to. */
export function tlsFields({ raw }: CloudTrailRecord): Pick<EcsFields, 'tls'> {
  const detail = (key: string) => optionalKeyword(text(at(raw, 'tlsDetails', key)));
  const cipher = detail('cipherSuite');
  const host = detail('clientProvidedHostHeader');
  const tls = {
    ...definedOnly({ cipher }),
    ...versionOf(detail('tlsVersion')),
    ...(host === undefined ? {} : { client: { server_name: host } }),
  };
  return Object.keys(tls).length === 0 ? {} : { tls };
}

type Tls = NonNullable<EcsFields['tls']>;

/** `TLSv1.3` is version 1.3 of the protocol `tls`. */
function versionOf(written: string | undefined): Pick<Tls, 'version' | 'version_protocol'> {
  const [, protocol, version] = /^(TLS|SSL)v(\d(?:\.\d)?)$/.exec(written ?? '') ?? [];
  if (protocol === undefined || version === undefined) return {};
  return { version, version_protocol: protocol === 'TLS' ? 'tls' : 'ssl' } as const;
}

/** The same in every finding. */
export const observer: EcsFields['observer'] = {
  vendor: 'Layerwatch',
  product: 'Layerwatch',
  type: 'sensor',
};
