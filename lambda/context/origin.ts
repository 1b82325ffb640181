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

/** Where the call came from, as far as the record and the embedded database tell. */
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
      addressWords(kind, address),
      country_name,
      vpc_endpoint && `VPC endpoint ${displayName(vpc_endpoint)}`,
    ]
      .filter((part) => part !== null && part !== '')
      .join(', '),
  };
}

function kindOf(address: string | null, ip: string | undefined): OriginContext['kind'] {
  if (address === null) return 'unknown';
  if (ip !== undefined) return isPrivate(ip) ? 'private' : 'public';
  if (address.startsWith('AWS Internal')) return 'aws-internal';
  return /\.amazonaws\.com(\.cn)?$/.test(address) ? 'aws-service' : 'host-name';
}

function addressWords(kind: OriginContext['kind'], address: string | null): string {
  if (address === null) return 'address not in the record';
  if (kind === 'private') return `${displayName(address)}, private address`;
  if (kind === 'aws-service') return `AWS service ${displayName(address)}`;
  return kind === 'aws-internal' ? 'inside AWS' : displayName(address);
}

/** Ranges without a place on the public internet: RFC 1918, 6598, 3927, 1122, 4193, 4291. */
const privateSubnets = [
  ['10.0.0.0', 8, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['::1', 128, 'ipv6'],
] as const;

const privateRanges = new BlockList();
for (const [network, prefix, family] of privateSubnets) privateRanges.addSubnet(network, prefix, family);

function isPrivate(ip: string): boolean {
  return privateRanges.check(ip, isIP(ip) === 6 ? 'ipv6' : 'ipv4');
}
