import { type Received, readMessage } from '../../../../cli/commands/redrive/messages';
import { type RedrivenMessage, redrive, type WaitingQueue } from '../../../../cli/commands/redrive/redrive';
import { givenEnvelope, givenUpdate, layerVersion } from '../../../fixtures/records';

const event = givenEnvelope(givenUpdate([layerVersion('base', 1)]));

describe('a message of a dead-letter queue', () => {
  test.each<[string, Received, Record<string, unknown> | undefined]>([
    [
      'EventBridge',
      {
        Body: JSON.stringify(event),
        MessageAttributes: {
          ERROR_CODE: { StringValue: 'THROTTLING' },
          ERROR_MESSAGE: { StringValue: 'slow down' },
        },
      },
      { event, reason: 'THROTTLING: slow down' },
    ],
    [
      'Lambda',
      {
        Body: JSON.stringify({
          requestContext: { condition: 'RetriesExhausted' },
          requestPayload: event,
          responsePayload: { errorMessage: 'away' },
        }),
      },
      { event, reason: 'RetriesExhausted: away' },
    ],
    [
      'Lambda, whose event grew too old',
      { Body: JSON.stringify({ requestContext: { condition: 'EventAgeExceeded' }, requestPayload: event }) },
      { reason: 'EventAgeExceeded' },
    ],
    ['nobody', { Body: 'hello' }, undefined],
    ['somebody else', { Body: '{"hello":"world"}' }, undefined],
  ])('given one of %s, then event and reason are read', (_, received, expected) => {
    const read = readMessage(received);
    if (expected === undefined) expect(read).toBeUndefined();
    else expect(read).toMatchObject(expected);
  });
});

/** A queue in memory that shows no message twice before it is released, as SQS within the visibility timeout. */
function queueOf(bodies: readonly string[]) {
  const visible = bodies.map((Body, index) => ({ MessageId: `m${index}`, ReceiptHandle: `h${index}`, Body }));
  const hidden = new Map<string, (typeof visible)[number]>();
  const queue: WaitingQueue = {
    name: 'FailedEvents',
    receive: async () => {
      const taken = visible.splice(0, 2);
      for (const message of taken) hidden.set(message.ReceiptHandle, message);
      return taken;
    },
    delete: async (handle) => void hidden.delete(handle),
    release: async (handle) => {
      const message = hidden.get(handle);
      hidden.delete(handle);
      if (message !== undefined) visible.push(message);
    },
  };
  return { queue, left: () => visible.map(({ MessageId }) => MessageId).sort(), hidden };
}

describe('emptying a queue', () => {
  const bodies = Array.from({ length: 5 }, () => JSON.stringify(event));
  const results = async (
    queue: WaitingQueue,
    options: { readonly limit?: number; readonly dryRun?: boolean } = {},
    fails: (count: number) => boolean = () => false,
  ) => {
    let handed = 0;
    const told: RedrivenMessage[] = [];
    await redrive([queue], async () => (fails(handed++) ? 'away again' : undefined), {
      limit: options.limit ?? Number.POSITIVE_INFINITY,
      dryRun: options.dryRun ?? false,
      onMessage: (message) => told.push(message),
    });
    return { told: told.map(({ result }) => result), handed };
  };

  test('given events that the detector handles, then all are deleted', async () => {
    const { queue, left } = queueOf(bodies);
    expect(await results(queue)).toEqual({ told: Array(5).fill('done'), handed: 5 });
    expect(left()).toEqual([]);
  });

  test('given one on which it fails again, then that one stays, is told, and can be received again', async () => {
    const { queue, left, hidden } = queueOf(bodies);
    const { told } = await results(queue, {}, (count) => count === 1);
    expect(told).toEqual(['done', 'failed', 'done', 'done', 'done']);
    expect(left()).toEqual(['m1']);
    expect(hidden.size).toBe(0);
  });

  test('given a limit, then so many are handled and the rest stays', async () => {
    const { queue, left } = queueOf(bodies);
    expect((await results(queue, { limit: 3 })).handed).toBe(3);
    expect(left()).toEqual(['m3', 'm4']);
  });

  test('given a dry run, then everything is told and stays', async () => {
    const { queue, left } = queueOf([...bodies, 'no event']);
    expect(await results(queue, { dryRun: true })).toEqual({
      told: [...Array(5).fill('waiting'), 'unreadable'],
      handed: 0,
    });
    expect(left()).toHaveLength(6);
  });
});
