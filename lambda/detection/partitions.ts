/** A partition of AWS: regions that no call, role or event leaves. */
export interface Partition {
  /** As ARNs write it. */
  readonly name: string;
  /** Beginning of the names of its regions; those of `aws` have none in common. */
  readonly regionPrefix: string;
  /** Domain of its services. */
  readonly domain: string;
  /** Domain of its console; `undefined` where no public address is known. */
  readonly consoleDomain?: string;
  /** Whether Security Hub's findings can name it (ASFF, `Partition` of a resource). */
  readonly isOfSecurityHub?: true;
}

export const commercialPartition: Partition = {
  name: 'aws',
  regionPrefix: '',
  domain: 'amazonaws.com',
  consoleDomain: 'console.aws.amazon.com',
  isOfSecurityHub: true,
};

/** Names, regions and domains are those of botocore's partitions.json. */
const partitions: readonly Partition[] = [
  commercialPartition,
  {
    name: 'aws-cn',
    regionPrefix: 'cn-',
    domain: 'amazonaws.com.cn',
    consoleDomain: 'console.amazonaws.cn',
    isOfSecurityHub: true,
  },
  {
    name: 'aws-us-gov',
    regionPrefix: 'us-gov-',
    domain: 'amazonaws.com',
    consoleDomain: 'console.amazonaws-us-gov.com',
    isOfSecurityHub: true,
  },
  { name: 'aws-eusc', regionPrefix: 'eusc-', domain: 'amazonaws.eu' },
  { name: 'aws-iso', regionPrefix: 'us-iso-', domain: 'c2s.ic.gov' },
  { name: 'aws-iso-b', regionPrefix: 'us-isob-', domain: 'sc2s.sgov.gov' },
  { name: 'aws-iso-e', regionPrefix: 'eu-isoe-', domain: 'cloud.adc-e.uk' },
  { name: 'aws-iso-f', regionPrefix: 'us-isof-', domain: 'csp.hci.ic.gov' },
];

/** `undefined` for one that is not known. */
export function partitionNamed(name: string): Partition | undefined {
  return partitions.find((partition) => partition.name === name);
}

/** The commercial one for a region that belongs to no other. */
export function partitionOfRegion(region: string): Partition {
  const isOf = ({ regionPrefix }: Partition) => regionPrefix !== '' && region.startsWith(regionPrefix);
  return partitions.find(isOf) ?? commercialPartition;
}
