import { bareLayer } from '../../lambda/detection/arn';
import { emptyQuery, entityKey } from '../../lambda/detection/state-query';
import type { PipelineDependencies } from '../../lambda/pipeline/dependencies';
import { givenUpdate, layerVersion } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

const base = layerVersion('base', 4);
const foreignLayer = layerVersion('boto-utils', 3, '999988887777');

const start = Date.parse('2026-10-06T00:00:00Z');
const minute = (number: number) => ({ eventTime: new Date(start + number * 60_000).toISOString() });

/** Each hour is a folding window of its own, so that an alert shows its one record. */
const hour = (number: number) => minute(60 * number);

/** Calls out of the pipeline, each of which a crash may precede or follow. */
const crossings = ['read', 'recall', 'setHistory', 'write', 'remember', 'reserve', 'publish'] as const;

class Crash extends Error {}

describe('a record processed again after a crash', () => {
  test.each(
    crossings.flatMap(
      (call) =>
        [
          ['before', call],
          ['after', call],
        ] as const,
    ),
  )(
    'given a crash %s %s, then the retry sees the same change and the same alert, notified once',
    async (side, call) => {
      const bench = await PipelineHarness.start();
      try {
        await bench.process(givenUpdate([base], minute(0)));
        const notified = bench.topic.published.length;
        const record = givenUpdate([base, foreignLayer], minute(1));
        await bench.processWith(crashing(bench.ports, side, call), record).catch((error: unknown) => {
          if (!(error instanceof Crash)) throw error;
        });
        bench.advanceSeconds(60);
        const outcome = await bench.process(record);
        if (outcome.kind !== 'alert') throw new Error(outcome.kind);
        const document = await bench.document(outcome.alertId);
        expect(document.layerwatch).toMatchObject({
          occurrences: 1,
          change: { kind: 'added', before: [base], after: [base, foreignLayer] },
        });
        // Only a crash between SNS's acceptance and our note of it repeats a message.
        const expected = side === 'after' && call === 'publish' ? 2 : 1;
        expect(bench.topic.published.length - notified).toBe(expected);
        const resent = await bench.process(givenUpdate([base, foreignLayer], hour(2)));
        expect(resent).toMatchObject({
          alert: { judgedDocument: { layerwatch: { change: { kind: 'unchanged' } } } },
        });
        expect(bench.topic.published.length - notified).toBe(expected);
      } finally {
        await bench.stop();
      }
    },
  );
});

test('given a worker that dies while it remembers what was seen, then the retry remembers it', async () => {
  const bench = await PipelineHarness.start();
  const record = givenUpdate([foreignLayer], minute(1));
  const seen = entityKey.layer(bareLayer(foreignLayer));
  await new Promise<void>((resolve, reject) => {
    const remember = () => {
      // All that does not wait for it is done by then.
      setImmediate(resolve);
      return new Promise<void>(() => {});
    };
    const state = new Proxy(bench.ports.state, {
      get: (target, name) => {
        if (name === 'remember') return remember;
        const member = Reflect.get(target, name) as unknown;
        return typeof member === 'function' ? member.bind(target) : member;
      },
    });
    bench.processWith({ state }, record).catch(reject);
  });
  bench.advanceSeconds(60);
  await bench.process(record);
  const { entities } = await bench.ports.state.recall({ ...emptyQuery, entities: [seen] });
  expect(entities.has(seen)).toBe(true);
  await bench.stop();
});

function crashing(
  ports: PipelineDependencies,
  side: 'before' | 'after',
  call: string,
): Partial<PipelineDependencies> {
  const armed = <T extends object>(port: T): T =>
    new Proxy(port, {
      get: (target, name) => {
        const method = Reflect.get(target, name) as unknown;
        if (typeof method !== 'function') return method;
        if (name !== call) return method.bind(target);
        return async (...given: unknown[]) => {
          if (side === 'before') throw new Crash(call);
          await method.apply(target, given);
          throw new Crash(call);
        };
      },
    });
  const { alerts, state, budget, publisher } = ports;
  return { alerts: armed(alerts), state: armed(state), budget: armed(budget), publisher: armed(publisher) };
}
