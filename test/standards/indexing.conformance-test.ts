import { at, type Json } from '../../lambda/detection/json';
import { allDocuments, sampleDocuments } from '../../scripts/standards/documents';
import { startOpenSearch } from '../conformance/opensearch';
import { textOf } from '../docs/pages';

const stream = 'logs-layerwatch.finding-default';

/** OpenSearch has Elasticsearch's `flattened` under another name. */
const template = textOf('docs/elastic/index-template.json').replaceAll('"flattened"', '"flat_object"');

interface Index {
  /** Why each document that was refused was. */
  refusals(documents: readonly unknown[]): Promise<readonly Json[]>;
  mapping(): Promise<Json>;
  count(field: string, value: string): Promise<Json | undefined>;
}

let index: Index;
beforeAll(async () => {
  index = await startIndex();
});

/** An index of the engine with the template installed. */
async function startIndex(): Promise<Index> {
  const { endpoint } = await startOpenSearch();
  const send = async (method: string, path: string, body?: string): Promise<Json> => {
    const response = await fetch(`${endpoint}/${path}`, {
      method,
      headers: { 'content-type': 'application/x-ndjson' },
      ...(body === undefined ? {} : { body }),
    });
    return (await response.json()) as Json;
  };
  expect(await send('PUT', '_index_template/layerwatch-findings', template)).toEqual({ acknowledged: true });
  return {
    async refusals(documents) {
      const body = documents.map((document) => `{"create":{}}\n${JSON.stringify(document)}\n`).join('');
      const items = at(await send('POST', `${stream}/_bulk`, body), 'items');
      if (!Array.isArray(items)) throw new Error('the engine did not answer to the documents');
      expect(items).toHaveLength(documents.length);
      return items.flatMap((item) => at(item, 'create', 'error') ?? []);
    },
    mapping: () => send('GET', `${stream}/_mapping`),
    async count(field, value) {
      await send('POST', `${stream}/_refresh`);
      const query = JSON.stringify({ query: { term: { [field]: value } } });
      return at(await send('POST', `${stream}/_count`, query), 'count');
    },
  };
}

test('given every finding of samples, stories and mutated records, then the engine indexes each, and gets no new field', async () => {
  expect(await index.refusals(sampleDocuments().slice(0, 1))).toEqual([]);
  const before = await index.mapping();
  for (const { documents } of await allDocuments(1_000)) expect(await index.refusals(documents)).toEqual([]);
  expect(await index.mapping()).toEqual(before);
});

test('given a finding, then it is found by its alert', async () => {
  const [sample] = sampleDocuments();
  const layerwatch = { ...sample?.layerwatch, alert_id: 'to-be-found' };
  expect(await index.refusals([{ ...sample, layerwatch }])).toEqual([]);
  expect(await index.count('layerwatch.alert_id', 'to-be-found')).toBe(1);
});

describe('what the engine refuses', () => {
  const [sample] = sampleDocuments();
  const { cloudtrail } = sample?.aws ?? {};

  test.each([
    ['parameters as an object', { request_parameters: { functionName: 'payments' } }],
    ['a time that is none', { user_identity: { session_context: { creation_date: 'yesterday' } } }],
  ])('given %s, then it refuses the document', async (_, fields) => {
    const [refusal] = await index.refusals([
      { ...sample, aws: { cloudtrail: { ...cloudtrail, ...fields } } },
    ]);
    expect(at(refusal, 'type')).toBe('mapper_parsing_exception');
  });
});
