import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describeWith, isInstalled } from '../harness/tools';
import { kinds, publishedMessages, sampleFinding } from './messages';
import { codeOf, folderWith, type Run, run, shownOn, startProduct } from './run-recipe';

const root = join(__dirname, '..', '..');
const finding = sampleFinding();
const messages = publishedMessages(finding);

interface Queue {
  readonly environment: Readonly<Record<string, string>>;
  /** Bodies that the consumer did not delete. */
  readonly left: () => readonly string[];
}

/** A queue that has these messages, by the protocol of Amazon SQS (JSON). */
async function startQueue(bodies: readonly string[]): Promise<Queue> {
  const waiting = new Map(bodies.map((body, index) => [`receipt-${index}`, body]));
  const { url } = await startProduct(({ headers, body }) => {
    const operation = String(headers['x-amz-target']).split('.').at(-1);
    if (operation !== 'DeleteMessage') return { body: { Messages: [...waiting].map(messageOf) } };
    waiting.delete((body as { readonly ReceiptHandle: string }).ReceiptHandle);
    return {};
  });
  const environment = {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: 'eu-west-3',
    AWS_DEFAULT_REGION: 'eu-west-3',
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    QUEUE_URL: `${url}/123456789012/siem`,
    FINDING_SCHEMA: join(root, 'docs', 'finding.schema.json'),
  };
  return { environment, left: () => [...waiting.values()] };
}

function messageOf([ReceiptHandle, Body]: readonly [string, string]) {
  const MD5OfBody = createHash('md5').update(Body).digest('hex');
  return { MessageId: ReceiptHandle, ReceiptHandle, Body, MD5OfBody };
}

function pollInPython({ environment }: Queue): Promise<Run> {
  const cwd = folderWith('consumer.py', codeOf('sqs-python', 'python'));
  return run('python3', ['-c', 'import consumer; consumer.poll()'], { cwd, env: environment });
}

function pollInTypeScript({ environment }: Queue): Promise<Run> {
  const cwd = folderWith('consumer.ts', codeOf('sqs-typescript', 'ts'));
  const call = "require('./consumer.ts').poll()";
  return run(process.execPath, ['--require', 'tsx/cjs', '-e', call], { cwd, env: environment });
}

function consumerTests(page: string, poll: (queue: Queue) => Promise<Run>): void {
  test('given one message of each kind, then it prints what the page shows, and deletes them', async () => {
    const published = await messages;
    const queue = await startQueue(kinds.map((kind) => published[kind].body));
    const { status, stdout } = await poll(queue);
    expect({ status, left: queue.left() }).toEqual({ status: 0, left: [] });
    expect(shownOn(page, 'text', stdout.trimEnd())).toBe(stdout.trimEnd());
  });

  test.each([
    ['what is no JSON', 'hello'],
    ['a finding without a severity', JSON.stringify({ ...finding, layerwatch: { alert_id: 'a' } })],
  ])('given %s, then it stays in the queue, and the next message is read', async (_, broken) => {
    const { body } = (await messages).alert;
    const queue = await startQueue([broken, body]);
    const { stdout } = await poll(queue);
    expect(queue.left()).toEqual([broken]);
    expect(stdout).toMatch(/^left in the queue: .+\ncritical 76: Layer boto-utils:3 .+\n$/);
  });
}

describe('the consumer in TypeScript', () => {
  consumerTests('sqs-typescript', pollInTypeScript);

  test('given its code, then it compiles under the strict rules of the project', async () => {
    const cwd = folderWith('consumer.ts', codeOf('sqs-typescript', 'ts'));
    const compiler = join(root, 'node_modules', '.bin', 'tsc');
    const options =
      '--noEmit --strict --noUncheckedIndexedAccess --exactOptionalPropertyTypes --skipLibCheck';
    const target = '--target es2022 --module commonjs --moduleResolution bundler --types node';
    const { stdout } = await run(compiler, [...options.split(' '), ...target.split(' '), 'consumer.ts'], {
      cwd,
      env: {},
    });
    expect(stdout).toBe('');
  });
});

const hasPackages =
  isInstalled('python3') && spawnSync('python3', ['-c', 'import boto3, jsonschema']).status === 0;
const needed = 'needs the Python packages boto3 and jsonschema';

describeWith(['python3'], 'the consumer in Python', () => {
  if (hasPackages) consumerTests('sqs-python', pollInPython);
  else if (process.env['CI'] === 'true') test(needed, () => expect(hasPackages).toBe(true));
  else test.skip(`skipped: ${needed}`, () => {});
});
