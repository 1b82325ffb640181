import { givenUpdate, layerVersion, userIdentity } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

const own = layerVersion('base', 1);
const foreign = layerVersion('boto-utils', 3, '999988887777');
const attacker = { userIdentity };
const at = (time: string) => ({ eventTime: `2026-10-06T${time}Z` });

/** Event ids that were notified of the calls, processed in this order. */
async function notifiedOf(calls: readonly Readonly<Record<string, unknown>>[]): Promise<readonly string[]> {
  const bench = await PipelineHarness.start();
  for (const call of calls) await bench.process(call);
  const ids = bench.topic.published.map(({ document }) => document.event.id);
  await bench.stop();
  return ids;
}

const idsOf = (calls: readonly Readonly<Record<string, unknown>>[]) => calls.map(({ eventID }) => eventID);

test.each([
  ['lower', '00000000-0000-4000-8000-000000000000'],
  ['higher', 'ffffffff-ffff-4fff-bfff-ffffffffffff'],
])(
  'given a removal in the second of an attach, with a %s event id, then the attach behind it is notified',
  async (_, eventID) => {
    const first = givenUpdate([own, foreign], { ...at('09:01:00'), ...attacker });
    const removal = givenUpdate([own], { ...at('09:01:00'), eventID });
    const again = givenUpdate([own, foreign], { ...at('09:01:01'), ...attacker });
    const notified = await notifiedOf([givenUpdate([own], at('09:00:01')), first, removal, again]);
    expect(notified).toEqual(expect.arrayContaining(idsOf([first, again])));
  },
);

test('given equal calls of one actor and second from two addresses, then each is notified', async () => {
  const calls = ['198.51.100.1', '198.51.100.99'].map((sourceIPAddress) =>
    givenUpdate([own, foreign], { ...at('09:01:00'), ...attacker, sourceIPAddress }),
  );
  const notified = await notifiedOf([givenUpdate([own], at('09:00:01')), ...calls]);
  expect(notified).toEqual(expect.arrayContaining(idsOf(calls)));
});

test('given a late removal behind equal calls of two actors in one second, then the call of each is notified', async () => {
  const other = {
    userIdentity: {
      ...userIdentity,
      type: 'IAMUser',
      arn: 'arn:aws:iam::123456789012:user/bob',
      userName: 'bob',
    },
  };
  const call = (time: string, by: typeof attacker) => givenUpdate([foreign], { ...at(time), ...by });
  const late = [call('09:03:00', other), call('09:02:00', attacker)];
  const early = [call('09:01:00', attacker), call('09:01:00', other)];
  const removal = givenUpdate([], at('09:01:30'));
  const notified = await notifiedOf([...late, ...early, removal]);
  expect(notified).toEqual(expect.arrayContaining(idsOf(early)));
});
