import { commercialPartition, partitionNamed, partitionOfRegion } from '../../lambda/detection/partitions';

test.each([
  ['eu-west-3', 'aws', 'amazonaws.com'],
  ['us-east-1', 'aws', 'amazonaws.com'],
  ['xcn-north-1', 'aws', 'amazonaws.com'],
  ['cn-north-1', 'aws-cn', 'amazonaws.com.cn'],
  ['us-gov-east-1', 'aws-us-gov', 'amazonaws.com'],
  ['us-iso-east-1', 'aws-iso', 'c2s.ic.gov'],
  ['us-isob-east-1', 'aws-iso-b', 'sc2s.sgov.gov'],
  ['eu-isoe-west-1', 'aws-iso-e', 'cloud.adc-e.uk'],
  ['us-isof-south-1', 'aws-iso-f', 'csp.hci.ic.gov'],
  ['eusc-de-east-1', 'aws-eusc', 'amazonaws.eu'],
])('given region %s, then it is of partition %s with domain %s', (region, name, domain) => {
  expect(partitionOfRegion(region)).toMatchObject({ name, domain });
});

test.each([
  ['aws', 'console.aws.amazon.com', true],
  ['aws-cn', 'console.amazonaws.cn', true],
  ['aws-us-gov', 'console.amazonaws-us-gov.com', true],
  ['aws-eusc', undefined, undefined],
])('given partition %s, then its console is %s', (name, consoleDomain, isOfSecurityHub) => {
  expect([partitionNamed(name)?.consoleDomain, partitionNamed(name)?.isOfSecurityHub]).toEqual([
    consoleDomain,
    isOfSecurityHub,
  ]);
});

test('given a partition that is not known, then there is none', () => {
  expect(partitionNamed('aws-x')).toBeUndefined();
});

test('given the commercial partition, then it has the name aws', () => {
  expect(commercialPartition.name).toBe('aws');
});
