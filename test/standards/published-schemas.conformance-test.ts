import { asffFindings, ocsfEvents } from '../../scripts/standards/checks';
import { sampleDocuments } from '../../scripts/standards/documents';
import { problemsOfPublished } from '../../scripts/standards/published-schemas';
import { looked } from '../fixtures/looked-up';

const documents = sampleDocuments().map(looked);
const [event] = documents.flatMap(ocsfEvents);
const [finding] = documents.flatMap(asffFindings);

test('given findings with everything that Lambda says, then the published schemas hold them', async () => {
  const events = await problemsOfPublished('ocsf', documents.flatMap(ocsfEvents));
  const findings = await problemsOfPublished('asff', documents.flatMap(asffFindings));
  expect([...events, ...findings].flat()).toEqual([]);
});

test.each([
  ['an attribute that OCSF does not have', { ...event, layer: 'x' }, 'Additional properties are not allowed'],
  ['a severity that OCSF does not have', { ...event, severity_id: 7 }, '7 is not one of'],
  ['no metadata', { ...event, metadata: undefined }, 'required property'],
])('given %s, then the published schema refuses the event', async (_, broken, problem) => {
  const [problems = []] = await problemsOfPublished('ocsf', [broken]);
  expect(problems.join('\n')).toContain(problem);
});

test.each([
  ['a field that Security Hub does not have', { ...finding, Layer: 'x' }, 'Unknown parameter'],
  ['a blank title', { ...finding, Title: ' ' }, 'does not match'],
  ['a state that Security Hub does not have', { ...finding, RecordState: 'OPEN' }, 'is not one of'],
  ['no resource', { ...finding, Resources: undefined }, 'Missing required parameter'],
])('given %s, then the published model refuses the finding', async (_, broken, problem) => {
  const [problems = []] = await problemsOfPublished('asff', [broken]);
  expect(problems.join('\n')).toContain(problem);
});
