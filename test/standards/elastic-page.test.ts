import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { problemsOfEcs } from '../../scripts/standards/ecs-check';
import { fencesOf, textOf } from '../docs/pages';
import { startLoopbackServer } from '../harness/loopback-server';

const root = join(__dirname, '..', '..');
const template = JSON.parse(textOf('docs/elastic/index-template.json')) as {
  readonly index_patterns: readonly string[];
  readonly template: { readonly mappings: object };
};

interface Received {
  readonly request: string;
  readonly contentType: string | undefined;
  readonly body: string;
}

/** Runs the commands of the page of Elasticsearch, and returns what they send to the cluster. */
async function sentByPage(): Promise<readonly Received[]> {
  const received: Received[] = [];
  const { endpoint } = await startLoopbackServer(async (request, response) => {
    const contentType = request.headers['content-type'];
    received.push({ request: `${request.method} ${request.url}`, contentType, body: await text(request) });
    response.end('{}');
  });
  const script = fencesOf(textOf('docs/elastic/README.md'), 'sh')
    .join('\n')
    .replaceAll('npx layerwatch', `'${process.execPath}' bin/layerwatch.cjs`);
  await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], {
    cwd: root,
    env: { ...process.env, ELASTIC: endpoint },
  });
  return received;
}

test('given the commands of the page, then the template is installed and every finding is created in its data stream', async () => {
  const [installed, bulk] = await sentByPage();
  expect(installed).toMatchObject({
    request: 'PUT /_index_template/layerwatch-findings',
    contentType: 'application/json',
  });
  expect(JSON.parse(installed?.body ?? '')).toEqual(template);
  expect(bulk).toMatchObject({
    request: 'POST /logs-layerwatch.finding-default/_bulk',
    contentType: 'application/x-ndjson',
  });
  expect(template.index_patterns).toEqual(['logs-layerwatch.finding-*']);
  const lines = (bulk?.body ?? '').split('\n');
  expect(lines.pop()).toBe('');
  const [actions, documents] = [0, 1].map((rest) =>
    lines.filter((_, index) => index % 2 === rest).map((line) => JSON.parse(line) as unknown),
  );
  expect(new Set(actions?.map((action) => JSON.stringify(action)))).toEqual(new Set(['{"create":{}}']));
  expect(documents?.flatMap((document) => problemsOfEcs(document, template.template.mappings))).toEqual([]);
  expect(documents?.length).toBeGreaterThan(3);
});
