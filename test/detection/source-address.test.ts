import { sourceIp } from '../../lambda/detection/source-address';

test.each([
  ['an address', '203.0.113.7', '203.0.113.7'],
  ['an address of version 6', '2001:db8::1', '2001:db8::1'],
  ['a list that proxies have extended', ' 203.0.113.7 , 10.0.0.1', '203.0.113.7'],
  ['an address with a zone', 'fe80::1%eth0', undefined],
  ['the name of a service', 'cloudformation.amazonaws.com', undefined],
  ['an empty text', '', undefined],
  ['nothing', undefined, undefined],
])('given %s, then the address is right', (_, written, address) => {
  expect(sourceIp(written)).toBe(address);
});
