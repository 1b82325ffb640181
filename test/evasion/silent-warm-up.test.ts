import { answering, givenUpdate, layerVersion, userIdentity } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

/**
 * An attacker makes a call that nobody is notified of, waits, and then attacks as somebody who changes layers all the time. It
 * fails: only a call that puts layers on makes its actor, country and publisher known.
 */
const base = layerVersion('base', 4);
const at = (minute: number) => ({ eventTime: `2026-10-06T09:${String(minute).padStart(2, '0')}:00Z` });
const attacker = { userIdentity };

const harmless: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ['takes all layers off', givenUpdate([], { ...at(5), ...attacker }, 'scratch')],
  ['sends a list again', givenUpdate([base], { ...at(5), ...attacker }, 'scratch')],
  [
    'changes the memory',
    givenUpdate(undefined, { ...at(5), ...attacker, ...answering([base], 'scratch') }, 'scratch'),
  ],
];

test.each(harmless)(
  'given an actor that first %s, then its attack is the first layer change of it',
  async (_, call) => {
    const bench = await PipelineHarness.start();
    await bench.process(givenUpdate([base], at(0), 'scratch'));
    await bench.process(call);
    await bench.process(givenUpdate([layerVersion('own', 1)], { ...at(25), ...attacker }));
    const { factors } = bench.topic.published.at(-1)?.document.layerwatch.risk ?? { factors: [] };
    expect(factors.map(({ id }) => id)).toContain('new-actor');
    await bench.stop();
  },
);
