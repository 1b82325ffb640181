import { text } from 'node:stream/consumers';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { exportersOf } from '../../lambda/aws/exporters';
import type { Clock, FindingExporter } from '../../lambda/ports';
import { startLoopbackServer } from './loopback-server';

/** What a receiver answers to one call with a number of findings. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Security Hub and EventBridge on this machine; what they answer is the test's. */
export interface LoopbackExports {
  /** The exporters as the functions make them. */
  readonly exporters: readonly FindingExporter[];
  /** Findings or events of each call. */
  readonly calls: readonly (readonly Received[])[];
}

/** An ASFF finding or an entry of PutEvents, as far as tests look at it. */
export interface Received {
  readonly Id?: string;
  readonly RecordState?: string;
  readonly Resources?: readonly unknown[];
  readonly Detail?: string;
}

export async function startLoopbackExports(
  product: 'securityhub' | 'eventbus',
  answer: (received: readonly Received[]) => Answer,
  clock: Clock,
): Promise<LoopbackExports> {
  const calls: (readonly Received[])[] = [];
  const { endpoint } = await startLoopbackServer(async (request, response) => {
    const body = JSON.parse(await text(request)) as {
      readonly Findings?: readonly Received[];
      readonly Entries?: readonly Received[];
    };
    const received = body.Findings ?? body.Entries ?? [];
    calls.push(received);
    const { status, body: answered } = answer(received);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answered));
  });
  return { exporters: exportersAt(endpoint, product, clock), calls };
}

function exportersAt(endpoint: string, product: string, clock: Clock): readonly FindingExporter[] {
  const bus = 'arn:aws:events:eu-west-3:123456789012:event-bus/findings';
  const environment = {
    ALERT_TOPIC_ARN: 'arn:aws:sns:eu-west-3:123456789012:Alerts',
    ...(product === 'securityhub' ? { SECURITY_HUB: 'true' } : { FINDINGS_BUS_ARN: bus }),
  };
  const before = process.env['AWS_ENDPOINT_URL'];
  process.env['AWS_ENDPOINT_URL'] = endpoint;
  try {
    const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' };
    const client = new DynamoDBClient({ region: 'eu-west-3', credentials });
    return exportersOf(environment, client, 'eu-west-3', clock);
  } finally {
    if (before === undefined) delete process.env['AWS_ENDPOINT_URL'];
    else process.env['AWS_ENDPOINT_URL'] = before;
  }
}
