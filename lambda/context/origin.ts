import { BlockList, isIP } from 'node:net';
import type { OriginContext } from '../detection/context-document';
import type { CloudTrailRecord } from '../detection/record';
import { sourceIp } from '../detection/source-address';
import type { CountryLookup } from '../ports';
import { displayName } from '../text/untrusted-text';
import type { ContextStep } from './context-step';
import { countryName } from './country-name';

export function originStep(countries: CountryLookup): ContextStep {
  return { name: 'origin', run: (record) => ({ origin: describeOrigin(record, countries) }) };
}

/** Where the call came from, as far as the record and the embedded database show. */
export function describeOrigin(record: CloudTrailRecord, countries: CountryLookup): OriginContext {
  const address = record.sourceAddress ?? null;
  const ip = sourceIp(record.sourceAddress);
  const kind = kindOf(address, ip);
  const country = kind === 'public' && ip !== undefined ? countries.countryOf(ip) : undefined;
  const country_name = country === undefined ? null : countryName(country);
  const vpc_endpoint = record.vpcEndpointId ?? null;
  return {
    kind,
    address,
    country_iso_code: country ?? null,
    country_name,
    vpc_endpoint,
    words: [
      describeAddress(kind, address),
      country_name,
      vpc_endpoint && `VPC endpoint ${displayName(vpc_endpoint)}`,
    ]
      .filter((part) => part !== null && part !== '')
      .join(', '),
  };
}

function kindOf(address: string | null, ip: string | undefined): OriginContext['kind'] {
  if (address === null) return 'unknown';
  if (ip !== undefined && isPrivate(ip)) return 'private';
  if (ip !== undefined) return isReserved(ip) ? 'reserved' : 'public';
  if (address.startsWith('AWS Internal')) return 'aws-internal';
  return /\.amazonaws\.com(\.cn)?$/.test(address) ? 'aws-service' : 'host-name';
}

function describeAddress(kind: OriginContext['kind'], address: string | null): string {
  if (address === null) return 'address not in the record';
  if (kind === 'private' || kind === 'reserved') return `${displayName(address)}, ${kind} address`;
  if (kind === 'aws-service') return `AWS service ${displayName(address)}`;
  return kind === 'aws-internal' ? 'inside AWS' : displayName(address);
}

type Subnet = readonly [network: string, prefix: number, family: 'ipv4' | 'ipv6'];

/** Ranges of networks of one's own: RFC 1918, 6598, 3927, 1122, 4193, 4291. */
const isPrivate = rangesOf([
  ['10.0.0.0', 8, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['::1', 128, 'ipv6'],
]);

/**
 * Ranges that nobody calls from: those for documentation, benchmarks, multicast and the future (IANA special-purpose address
 * registries, RFC 6890). Address databases give some of them a country.
 */
const isReserved = rangesOf([
  ['0.0.0.0', 8, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 4, 'ipv4'],
  ['240.0.0.0', 4, 'ipv4'],
  ['::', 128, 'ipv6'],
  ['100::', 64, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['3fff::', 20, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
]);

/** Whether an address is in one of the subnets. Their list is made on first use, because making it delays every start. */
function rangesOf(subnets: readonly Subnet[]): (ip: string) => boolean {
  let list: BlockList | undefined;
  return (ip) => {
    list ??= blockListOf(subnets);
    return list.check(ip, isIP(ip) === 6 ? 'ipv6' : 'ipv4');
  };
}

function blockListOf(subnets: readonly Subnet[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix, family] of subnets) list.addSubnet(network, prefix, family);
  return list;
}
