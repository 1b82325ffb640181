import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { fuzzDocuments, sampleDocuments, storyDocuments } from '../../scripts/standards/documents';
import { findingSchema } from '../../scripts/standards/finding-schema';
import { problemsOfSchema } from '../../scripts/standards/schema-check';
import { findingOf } from '../fixtures/finding';
import { givenUpdate, layerVersion } from '../fixtures/records';

const document = findingOf(givenUpdate([layerVersion('boto-utils', 3, '999988887777')]));

test.each([
  ['the samples', async () => sampleDocuments()],
  ['the stories', storyDocuments],
  ['1,000 mutated records', async () => fuzzDocuments(1_000)],
])(
  'given the findings of %s, then the schema holds each, and no field is outside of it',
  async (_, documentsOf) => {
    const problems = (await documentsOf()).flatMap(problemsOfSchema);
    expect(new Set(problems)).toEqual(new Set());
  },
);

test('given a field that the type does not have, then the check names it', () => {
  expect(problemsOfSchema({ ...document, extra: 1 })).toEqual([' must NOT have additional properties']);
});

test('given a document of a later release with one more field, then the published schema holds it', () => {
  const validate = addFormats(new Ajv2020({ strict: false })).compile(findingSchema());
  expect(validate({ ...document, extra: 1 })).toBe(true);
});
