import { answering, givenUpdate, layerVersion, userIdentity } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

/**
 * The record of a removal arrives after that of the re-attachment, by luck or because the attacker floods the event path. It
 * does not hide the re-attachment: a late record makes the calls behind it be judged again.
 */
const foreign = layerVersion('boto-utils', 3, '999988887777');
const yesterday = { eventTime: '2026-10-05T09:00:00Z' };
const at = (minute: number) => ({ eventTime: `2026-10-06T09:${String(minute).padStart(2, '0')}:00Z` });
const attacker = { userIdentity };

test.each([
  ['the removal comes last', ['attach', 'again', 'removal']],
  ['the attach comes last', ['again', 'removal', 'attach']],
  ['all come the other way round', ['again', 'attach', 'removal']],
] as const)(
  'given a removal and a re-attachment, where %s, then the re-attachment is notified',
  async (_, order) => {
    const bench = await PipelineHarness.start();
    const calls = {
      attach: givenUpdate([foreign], { ...yesterday, ...attacker }),
      removal: givenUpdate([], at(21)),
      again: givenUpdate([foreign], { ...at(30), ...attacker }),
    };
    for (const name of order) await bench.process(calls[name]);
    const notified = bench.topic.published.map(({ document }) => document.event.id);
    expect(notified).toContain(calls.again['eventID']);
    await bench.stop();
  },
);

test('given a removal later than what the history can judge again, then the removal itself is notified', async () => {
  const bench = await PipelineHarness.start();
  await bench.process(givenUpdate([foreign], yesterday));
  for (let minute = 22; minute < 34; minute++) await bench.process(givenUpdate([foreign], at(minute)));
  const removal = givenUpdate([], at(21));
  await bench.process(removal);
  expect(bench.topic.published.at(-1)?.document.event.id).toBe(removal['eventID']);
  expect(bench.topic.published.at(-1)?.document.layerwatch.problems.join()).toContain(
    'whose record is no longer kept',
  );
  await bench.stop();
});

test('given a late call without layers that was answered with none, before a re-attachment that is no longer kept, then it is notified', async () => {
  const bench = await PipelineHarness.start();
  const name = 'payments';
  await bench.process(givenUpdate([foreign], yesterday));
  for (let minute = 22; minute < 34; minute++) await bench.process(givenUpdate([foreign], at(minute)));
  const late = givenUpdate(undefined, { ...at(21), ...answering([], name) }, name);
  await bench.process(late);
  expect(bench.topic.published.at(-1)?.document.event.id).toBe(late['eventID']);
  await bench.stop();
});

test('given a removal older than what the history keeps, then it is notified', async () => {
  const bench = await PipelineHarness.start();
  for (let minute = 22; minute < 50; minute++) await bench.process(givenUpdate([foreign], at(minute)));
  const removal = givenUpdate([], at(21));
  await bench.process(removal);
  expect(bench.topic.published.at(-1)?.document.event.id).toBe(removal['eventID']);
  await bench.stop();
});
