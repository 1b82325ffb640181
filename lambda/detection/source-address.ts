/**
 * The address to use as `source.ip`: the whole of `sourceIPAddress` where it is one address, the first of a list that
 * proxies have extended; `undefined` for a service's name and anything else.
 */
export function sourceIp(address: string | undefined): string | undefined {
  const first = address?.split(',')[0]?.trim();
  return first !== undefined && (isIpv4(first) || isIpv6(first)) ? first : undefined;
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

/** RFC 4291 text form without a zone: CloudTrail writes none. */
function isIpv6(text: string): boolean {
  if (!/^[0-9A-Fa-f:.]{2,45}$/.test(text) || !text.includes(':')) return false;
  return URL.canParse(`http://[${text}]/`);
}
