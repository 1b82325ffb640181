import { isIP } from 'node:net';

/**
 * The address to use as `source.ip`: the whole of `sourceIPAddress` where it is one address, the first of a list that
 * proxies have extended; `undefined` for a service's name and anything else. CloudTrail writes no zones.
 */
export function sourceIp(address: string | undefined): string | undefined {
  const first = address?.split(',')[0]?.trim();
  return first !== undefined && isIP(first) !== 0 && !first.includes('%') ? first : undefined;
}
