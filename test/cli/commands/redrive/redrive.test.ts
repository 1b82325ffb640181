import {
  type Received,
  readEventMessage,
  readObjectMessage,
} from '../../../../cli/commands/redrive/messages';
import {
  type DeadLetterQueue,
  type RedrivenMessage,
  redrive,
} from '../../../../cli/commands/redrive/redrive';
import { OutputClosedError } from '../../../../cli/errors';
import { givenEnvelope, givenUpdate, layerVersion } from '../../../fixtures/records';

const event = givenEnvelope(givenUpdate([layerVersion('base', 1)]));

describe('a message of a dead-letter queue', () => {
  test.each<[string, Received, Record<string, unknown> | undefined]>([
    [
      'EventBridge',
      {
        Body: JSON.stringify(event),
        attributes: new Map([
          ['ERROR_CODE', 'THROTTLING'],
          ['ERROR_MESSAGE', 'slow down'],
        ]),
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
    ['another program, as text', { Body: 'hello' }, undefined],
    ['another program, as JSON', { Body: '{"hello":"world"}' }, undefined],
  ])('given one of %s, then event and reason are read', (_, received, expected) => {
    const read = readEventMessage(received);
    if (expected === undefined) expect(read).toBeUndefined();
    else expect(read).toMatchObject(expected);
  });
});

describe("a message of the log reader's dead-letter queue", () => {
  const body = JSON.stringify({
    s3Bucket: 'audit-logs',
    s3ObjectKey: ['AWSLogs/a.json.gz', 'AWSLogs/b.json.gz'],
  });

  test('given a notice, then the log reader gets it as its queue would hand it over', () => {
    expect(readObjectMessage({ MessageId: 'm1', Body: body })).toMatchObject({
      event: { Records: [{ messageId: 'm1', body }] },
      about: 'AWSLogs/a.json.gz and 1 more',
    });
  });

  test('given something else, then it is unreadable', () => {
    expect(readObjectMessage({ Body: JSON.stringify(event) })).toBeUndefined();
  });
});

/** As SQS hides a message that was received (VisibilityTimeout of the redrive's calls). */
const hiddenForSeconds = 120;

/**
 * A queue in memory that works as one of SQS: a message that was received is hidden for a while, then visible again, and its handle is a new
 * one at each receipt.
 */
function queueOf(bodies: readonly string[]) {
  let seconds = 0;
  let receipts = 0;
  const messages = new Map(bodies.map((Body, index) => [`m${index}`, { Body, handle: '', visibleAt: 0 }]));
  const ofHandle = (handle: string) => [...messages].find(([, message]) => message.handle === handle);
  const queue: DeadLetterQueue = {
    name: 'FailedEvents',
    receive: async () => {
      const visible = [...messages].filter(([, { visibleAt }]) => visibleAt <= seconds).slice(0, 2);
      return visible.map(([MessageId, message]) => {
        message.handle = `h${receipts++}`;
        message.visibleAt = seconds + hiddenForSeconds;
        return { MessageId, ReceiptHandle: message.handle, Body: message.Body };
      });
    },
    delete: async (handle) => void messages.delete(ofHandle(handle)?.[0] ?? ''),
    release: async (handle) => {
      const [, message] = ofHandle(handle) ?? [];
      if (message !== undefined) message.visibleAt = seconds;
    },
  };
  const ids = (isVisible: boolean) =>
    [...messages].filter(([, { visibleAt }]) => visibleAt <= seconds === isVisible).map(([id]) => id);
  return {
    queue,
    left: () => ids(true),
    hidden: () => ids(false),
    pass: (passed: number) => {
      seconds += passed;
    },
  };
}

describe('emptying a queue', () => {
  const bodies = Array.from({ length: 5 }, () => JSON.stringify(event));
  const redriveAll = async (
    queue: DeadLetterQueue,
    options: { readonly limit?: number; readonly dryRun?: boolean } = {},
    fails: (count: number) => boolean = () => false,
  ) => {
    let invocations = 0;
    const reported: RedrivenMessage[] = [];
    await redrive(
      [
        {
          queue,
          read: readEventMessage,
          invoke: async () => (fails(invocations++) ? 'away again' : undefined),
        },
      ],
      {
        limit: options.limit ?? Number.POSITIVE_INFINITY,
        dryRun: options.dryRun ?? false,
        onMessage: async (message) => void reported.push(message),
      },
    );
    return { reported: reported.map(({ result }) => result), invocations };
  };

  test('given events that the detector handles, then all are deleted', async () => {
    const { queue, left } = queueOf(bodies);
    expect(await redriveAll(queue)).toEqual({ reported: Array(5).fill('done'), invocations: 5 });
    expect(left()).toEqual([]);
  });

  test('given events that the detector handles, then none is released', async () => {
    const { queue } = queueOf(bodies);
    const released: string[] = [];
    await redriveAll({ ...queue, release: async (handle) => void released.push(handle) });
    expect(released).toEqual([]);
  });

  test('given one on which the detector fails again, then that one is reported', async () => {
    const { reported } = await redriveAll(queueOf(bodies).queue, {}, (count) => count === 1);
    expect(reported).toEqual(['done', 'failed', 'done', 'done', 'done']);
  });

  test('given one on which the detector fails again, then that one can be received again', async () => {
    const { queue, left, hidden } = queueOf(bodies);
    await redriveAll(queue, {}, (count) => count === 1);
    expect(left()).toEqual(['m1']);
    expect(hidden()).toEqual([]);
  });

  test('given events that take longer than the queue hides them, then each is handled once', async () => {
    const { queue, left, hidden, pass } = queueOf(bodies);
    const { reported, invocations } = await redriveAll(queue, { limit: 10 }, () => {
      pass(61);
      return true;
    });
    expect(invocations).toBe(5);
    expect(reported).toEqual(Array(5).fill('failed'));
    expect(left()).toEqual(['m0', 'm1', 'm2', 'm3', 'm4']);
    expect(hidden()).toEqual([]);
  });

  test('given a limit, then the other messages stay', async () => {
    const { queue, left } = queueOf(bodies);
    expect((await redriveAll(queue, { limit: 3 })).invocations).toBe(3);
    expect(left()).toEqual(['m3', 'm4']);
  });

  test('given a dry run, then every message is reported and stays', async () => {
    const { queue, left } = queueOf([...bodies, 'no event']);
    expect(await redriveAll(queue, { dryRun: true })).toEqual({
      reported: [...Array(5).fill('waiting'), 'unreadable'],
      invocations: 0,
    });
    expect(left()).toHaveLength(6);
  });

  test('given an output that closes, then every message that was received and not handled is released', async () => {
    const { queue, left, hidden } = queueOf(bodies);
    const run = redrive([{ queue, read: readEventMessage, invoke: async () => undefined }], {
      limit: 5,
      dryRun: false,
      onMessage: () => Promise.reject(new OutputClosedError('the output is closed')),
    });
    await expect(run).rejects.toThrow(OutputClosedError);
    expect(left()).toEqual(['m1', 'm2', 'm3', 'm4']);
    expect(hidden()).toEqual([]);
  });

  test('given a message that cannot be released, then the failure of the run is reported, not that one', async () => {
    const { queue } = queueOf(bodies);
    const run = redrive(
      [
        {
          queue: { ...queue, release: () => Promise.reject(new Error('not released')) },
          read: readEventMessage,
          invoke: fail,
        },
      ],
      {
        limit: 5,
        dryRun: false,
        onMessage: async () => {},
      },
    );
    await expect(run).rejects.toThrow('no detector');
  });
});

function fail(): Promise<never> {
  return Promise.reject(new Error('no detector'));
}
