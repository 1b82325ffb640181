import fc from 'fast-check';
import { fuzzDocuments, sampleDocuments, storyDocuments } from '../../scripts/standards/documents';
import { problemsOfEcs } from '../../scripts/standards/ecs-check';
import { indexTemplate } from '../../scripts/standards/elastic-template';
import { findingSchema } from '../../scripts/standards/finding-schema';
import { findingOf } from '../fixtures/finding';
import { givenPublish, givenUpdate, layerVersion } from '../fixtures/records';

const { mappings } = indexTemplate(findingSchema()).template;
const foreign = layerVersion('boto-utils', 3, '999988887777');

describe('every document is of the published fields of ECS, and fits their mapping', () => {
  test.each([
    ['the samples', async () => sampleDocuments()],
    ['the stories', storyDocuments],
    ['2,000 mutated records', async () => fuzzDocuments(2_000)],
  ])('given %s, then each document does', async (_, documentsOf) => {
    const documents = await documentsOf();
    expect(documents.length).toBeGreaterThan(3);
    const problems = documents.flatMap((document) => problemsOfEcs(document, mappings));
    expect(new Set(problems)).toEqual(new Set());
  });

  test('given any name and value in the parameters, then the document fits all the same', () => {
    const parameters = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue());
    fc.assert(
      fc.property(parameters, (given) => {
        const requestParameters = { functionName: 'payments', layers: [foreign], ...given };
        const document = findingOf(givenUpdate([foreign], { requestParameters }));
        expect(problemsOfEcs(JSON.parse(JSON.stringify(document)), mappings)).toEqual([]);
      }),
    );
  });
});

describe('the check of a document', () => {
  const good = findingOf(givenUpdate([foreign]));

  test.each([
    [
      'a field that ECS does not have',
      { rule: { ...good.rule, severity: 'low' } },
      'rule.severity has no mapping',
    ],
    ['a text where an address has to be', { source: { ip: 'host' } }, 'source.ip is no ip'],
    ['a list that is none', { event: { ...good.event, type: 'change' } }, 'event.type is no list'],
    [
      'a word that ECS does not allow',
      { event: { ...good.event, kind: 'x' } },
      'event.kind is x, which ECS does not allow',
    ],
    [
      'a type of another category',
      { event: { ...good.event, type: ['start'] } },
      'event.type start is not of its category',
    ],
    ['a text that is too long', { user: { name: 'x'.repeat(1_025) } }, 'user.name is longer than 1024'],
    [
      'an object where text has to be',
      { aws: { cloudtrail: { request_parameters: {} } } },
      'aws.cloudtrail.request_parameters is no keyword',
    ],
    ['a time that is none', { '@timestamp': '2026-10-06' }, '@timestamp is no date'],
  ])('given %s, then it names it', (_, fields, problem) => {
    expect(problemsOfEcs({ ...good, ...fields }, mappings)).toContain(problem);
  });
});

test('given a call that stops a trail, then the service of the cloud is CloudTrail', async () => {
  const stopped = (await storyDocuments()).filter(({ event }) => event.action === 'StopLogging');
  const services = stopped.map(({ cloud }) => cloud.service.name);
  expect(new Set(services)).toEqual(new Set(['cloudtrail']));
});

describe('parameters of a call', () => {
  const cloudtrailOf = (fields: Record<string, unknown>) =>
    findingOf(givenUpdate([foreign], fields)).aws.cloudtrail;

  test('given an object, then it is there as JSON text and as a flattened object', () => {
    const requestParameters = { functionName: 'payments', layers: [foreign] };
    const { request_parameters, flattened } = cloudtrailOf({ requestParameters });
    expect(JSON.parse(request_parameters ?? '')).toEqual(requestParameters);
    expect(flattened?.request_parameters).toEqual(requestParameters);
  });

  test('given a name that no parameter of AWS has, then it is in the text alone', () => {
    const requestParameters = { functionName: 'payments', layers: [foreign], 'a\0b': 1, '': 2, __proto: 3 };
    const { request_parameters, flattened } = cloudtrailOf({ requestParameters });
    expect(JSON.parse(request_parameters ?? '')).toEqual(requestParameters);
    expect(Object.keys(flattened?.request_parameters ?? {})).toEqual(['functionName', 'layers']);
  });

  test('given a publish and an update, then the version is a text in both', () => {
    const versions = [findingOf(givenPublish('util', 3)), findingOf(givenUpdate([foreign]))].map(
      ({ aws }) => aws.cloudtrail.response_elements,
    );
    expect(versions).toEqual([
      expect.stringContaining('"version":3'),
      expect.stringContaining('"version":"$LATEST"'),
    ]);
  });
});
