import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { givenEnvelope, givenUpdate, layerVersion } from '../../../fixtures/records';
import { LoopbackAws } from '../../../harness/loopback-aws';
import { startLayerwatch } from '../../run-layerwatch';
import { listQueues } from './listed-queues';

const body = JSON.stringify(givenEnvelope(givenUpdate([layerVersion('base', 1)])));

describe('a reader that stops in the middle of a redrive, as head does', () => {
  let aws: LoopbackAws;
  const deleted: unknown[] = [];
  const released: unknown[] = [];
  /** Resolves once the reader is gone. */
  let readerIsGone: () => void;
  let ran: { readonly exitCode: unknown; readonly stderr: string };

  beforeAll(async () => {
    let batches = 0;
    const gone = new Promise<void>((resolve) => {
      readerIsGone = resolve;
    });
    aws = await LoopbackAws.start();
    listQueues(aws)
      .on('ReceiveMessage', () => ({
        Messages:
          batches++ > 0
            ? []
            : Array.from({ length: 10 }, (_, index) => ({
                MessageId: `m${index}`,
                ReceiptHandle: `h${index}`,
                Body: body,
                MD5OfBody: createHash('md5').update(body).digest('hex'),
              })),
      }))
      .on('DeleteMessage', ({ ReceiptHandle }) => void deleted.push(ReceiptHandle))
      .on('ChangeMessageVisibility', ({ ReceiptHandle }) => void released.push(ReceiptHandle))
      // The first event is handled at once, the others when nobody reads any more.
      .on('Invoke', async () => (deleted.length > 0 ? gone : undefined));
    ran = await readFirstLine();
  });
  afterAll(() => aws.stop());

  async function readFirstLine() {
    const child = startLayerwatch(['redrive'], { env: aws.environment });
    let stderr = '';
    child.stderr?.on('data', (chunk) => {
      stderr += String(chunk);
    });
    if (child.stdout === null) throw new Error('the process has no stdout');
    const { value: first } = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
    expect(stderr).toBe('');
    expect(first).toMatch(/^done +UndeliveredEvents/);
    child.stdout.destroy();
    readerIsGone();
    const [exitCode] = await once(child, 'close');
    return { exitCode, stderr };
  }

  test('then the run ends as done, without a stack trace', () => {
    expect(ran).toEqual({ exitCode: 0, stderr: '' });
  });

  test('then the run stops', () => {
    expect(deleted.length).toBeLessThan(10);
  });

  test('then every message was either handled or released', () => {
    const all = Array.from({ length: 10 }, (_, index) => `h${index}`);
    expect([...deleted, ...released].sort()).toEqual(all);
  });
});
