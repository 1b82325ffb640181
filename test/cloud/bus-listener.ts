import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Place } from '../../scripts/cloud/workload';

const patienceMilliseconds = 30_000;

export interface BusEvent {
  readonly source: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** All CloudTrail events of a bus, by a rule and a queue. */
export class BusListener {
  private readonly events: BusEvent[] = [];

  private constructor(
    private readonly sqs: SQSClient,
    private readonly queueUrl: string,
  ) {}

  static async start(EventBusName = 'default', place: Place = {}): Promise<BusListener> {
    const sqs = new SQSClient({ ...place, useQueueUrlAsEndpoint: false });
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'bus-listener' }));
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
    );
    const bridge = new EventBridgeClient(place);
    const EventPattern = JSON.stringify({ 'detail-type': ['AWS API Call via CloudTrail'] });
    await bridge.send(new PutRuleCommand({ Name: 'bus-listener', EventBusName, EventPattern }));
    const Targets = [{ Id: 'queue', Arn: Attributes?.['QueueArn'] ?? '' }];
    await bridge.send(new PutTargetsCommand({ Rule: 'bus-listener', EventBusName, Targets }));
    return new BusListener(sqs, QueueUrl);
  }

  /** All events so far, as soon as one of them fits. */
  async until(fits: (event: BusEvent) => boolean): Promise<readonly BusEvent[]> {
    const deadline = Date.now() + patienceMilliseconds;
    while (!this.events.some(fits)) {
      if (Date.now() > deadline) throw new Error('no such event came on the bus');
      await this.receive();
    }
    await this.receive();
    return this.events;
  }

  private async receive(): Promise<void> {
    const { queueUrl: QueueUrl } = this;
    const { Messages = [] } = await this.sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
    );
    for (const { Body = '{}', ReceiptHandle } of Messages) {
      this.events.push(JSON.parse(Body) as BusEvent);
      await this.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
  }
}
