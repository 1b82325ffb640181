import { boundedDocument, utf8Bytes } from '../../lambda/detection/bounded-document';
import type { FindingDocument } from '../../lambda/detection/finding-document';
import { findingOf } from '../fixtures/finding';
import { givenUpdate, layerVersion } from '../fixtures/records';

const order = [
  'aws.cloudtrail.flattened',
  'aws.cloudtrail.response_elements',
  'aws.cloudtrail.request_parameters',
  'user_agent',
  'layerwatch.undo',
  'aws.cloudtrail',
  'layerwatch.change.before',
  'layerwatch.change.after',
  'layerwatch.change.layers',
  'layerwatch.context',
  'layerwatch.event_ids',
  'source',
];

const layers = Array.from({ length: 8 }, (_, index) => layerVersion(`layer-${index}`, 1));
const base = findingOf(givenUpdate(layers), {}, { before: layers.slice(1) });
const document: FindingDocument = { ...base, layerwatch: { ...base.layerwatch, event_ids: ['e1'] } };

/** The document after so many cuts: it fits when its text names as many fields that were left out. */
function afterCuts(count: number, given: FindingDocument = document): FindingDocument {
  const omittedOf = (json: string) => (JSON.parse(json) as FindingDocument).layerwatch.omitted?.length ?? 0;
  return JSON.parse(
    boundedDocument(given, 16_000, (json) => (omittedOf(json) >= count ? 0 : 20_000)),
  ) as FindingDocument;
}

test('given a document that fits, then nothing is left out', () => {
  expect(JSON.parse(boundedDocument(document, 1_000_000))).toEqual(JSON.parse(JSON.stringify(document)));
});

test('given exactly as many bytes, then it fits', () => {
  const json = JSON.stringify(document);
  expect(boundedDocument(document, utf8Bytes(json))).toBe(json);
});

test('given one byte less, then the first field is left out', () => {
  const bounded = boundedDocument(document, utf8Bytes(JSON.stringify(document)) - 1);
  expect((JSON.parse(bounded) as FindingDocument).layerwatch.omitted).toEqual(order.slice(0, 1));
});

test('given characters of several bytes, then bytes are counted', () => {
  expect(utf8Bytes('é€')).toBe(5);
});

test('given a document that never fits, then all fields are left out in their order', () => {
  expect(afterCuts(order.length).layerwatch.omitted).toEqual(order);
});

test('given a document that was cut before, then what was left out stays named', () => {
  const cut = { ...document, layerwatch: { ...document.layerwatch, omitted: ['earlier'] } };
  expect(afterCuts(2, cut).layerwatch.omitted).toEqual(['earlier', order[0]]);
});

describe('what a cut leaves', () => {
  test.each([
    [1, 'flattened'],
    [2, 'response_elements'],
    [3, 'request_parameters'],
  ] as const)('given %d cuts, then the last of them took %s alone', (count, field) => {
    const { [field]: _, ...rest } = afterCuts(count - 1).aws.cloudtrail;
    expect(afterCuts(count).aws.cloudtrail).toEqual(rest);
  });

  test.each<[number, string, (given: FindingDocument) => unknown, unknown]>([
    [4, 'user agent', (given) => given.user_agent, {}],
    [5, 'commands', (given) => given.layerwatch.undo, { commands: [], note: 'left out' }],
    [6, 'fields of the record', (given) => given.aws, { cloudtrail: {} }],
    [7, 'layers before', (given) => given.layerwatch.change.before, null],
    [8, 'layers after', (given) => given.layerwatch.change.after, null],
    [9, 'more than five layers', (given) => given.layerwatch.change.layers.length, 5],
    [10, 'context', (given) => given.layerwatch.context, {}],
    [10, 'steps that failed', (given) => given.layerwatch.unavailable, []],
    [10, 'problems', (given) => given.layerwatch.problems, []],
    [11, 'event ids', (given) => given.layerwatch.event_ids, []],
    [12, 'source', (given) => given.source, {}],
    [12, 'user', (given) => given.user, {}],
  ])('given %d cuts, then there are no %s', (count, _, part, expected) => {
    const full = {
      ...document,
      layerwatch: { ...document.layerwatch, problems: ['p'], unavailable: [{ step: 's', reason: 'r' }] },
    };
    expect(part(afterCuts(count, full))).toEqual(expected);
  });
});

describe('hostile text in what is kept', () => {
  const long = 'x'.repeat(600);
  const change = document.layerwatch.change;
  const [first] = change.layers;
  if (first === undefined) throw new Error('the call has layers');
  const hostile = {
    ...document,
    layerwatch: {
      ...document.layerwatch,
      change: {
        ...change,
        layers: [
          { ...first, arn: long, name: long, version: long },
          { ...first, arn: null, name: null, version: null },
        ],
      },
    },
  };

  test.each(['arn', 'name', 'version'] as const)(
    'given a long %s of a layer, then its beginning is kept',
    (field) => {
      expect(afterCuts(9, hostile).layerwatch.change.layers[0]?.[field]).toBe('x'.repeat(512));
    },
  );

  test.each(['arn', 'name', 'version'] as const)('given no %s of a layer, then there is none', (field) => {
    expect(afterCuts(9, hostile).layerwatch.change.layers[1]?.[field]).toBeNull();
  });

  test('given a document that never fits, then every text is cut', () => {
    const given = { ...document, layerwatch: { ...document.layerwatch, alert_id: `${long}\ud800` } };
    expect(afterCuts(13, given).layerwatch.alert_id).toBe('x'.repeat(512));
  });
});
