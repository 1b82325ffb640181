/**
 * List prices in US dollars of us-east-1, as written down on the day of `pricesOf`, without free tiers and discounts. Change a price
 * and its day together.
 */
export const pricesOf = '2026-11-25';

interface Price {
  readonly dollars: number;
  /** For how many units. */
  readonly per: number;
  readonly unit: string;
  readonly source: string;
}

const pages = {
  dynamoDb: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
  lambda: 'https://aws.amazon.com/lambda/pricing/',
  sns: 'https://aws.amazon.com/sns/pricing/',
  cloudWatch: 'https://aws.amazon.com/cloudwatch/pricing/',
  eventBridge: 'https://aws.amazon.com/eventbridge/pricing/',
} as const;

export const prices = {
  write: { dollars: 0.625, per: 1e6, unit: 'write request units', source: pages.dynamoDb },
  read: { dollars: 0.125, per: 1e6, unit: 'read request units', source: pages.dynamoDb },
  storage: { dollars: 0.25, per: 1, unit: 'GB of table and indexes a month', source: pages.dynamoDb },
  recovery: {
    dollars: 0.2,
    per: 1,
    unit: 'GB of table a month, point-in-time recovery',
    source: pages.dynamoDb,
  },
  invocation: { dollars: 0.2, per: 1e6, unit: 'requests', source: pages.lambda },
  compute: { dollars: 0.0000133334, per: 1, unit: 'GB-seconds on Arm', source: pages.lambda },
  publish: { dollars: 0.5, per: 1e6, unit: 'publishes', source: pages.sns },
  email: { dollars: 2, per: 1e5, unit: 'emails', source: pages.sns },
  alarm: { dollars: 0.1, per: 1, unit: 'metrics of alarms a month', source: pages.cloudWatch },
  metric: { dollars: 0.3, per: 1, unit: 'metrics of its own a month', source: pages.cloudWatch },
  logs: { dollars: 0.5, per: 1, unit: 'GB of logs taken in', source: pages.cloudWatch },
  crossAccountEvent: {
    dollars: 1,
    per: 1e6,
    unit: 'events sent to another account',
    source: pages.eventBridge,
  },
} as const satisfies Readonly<Record<string, Price>>;

export type PriceName = keyof typeof prices;

export function dollarsOf(name: PriceName, amount: number): number {
  const { dollars, per } = prices[name];
  return (amount * dollars) / per;
}
