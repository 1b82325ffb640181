import { NewerItemError } from '../../lambda/errors';
import { finishAlerts } from '../../lambda/sweep/pending-notifications';
import { givenUpdate, layerVersion } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

const foreign = layerVersion('boto-utils', 3, '999988887777');

describe('alerts whose notification is unfinished', () => {
  let bench: PipelineHarness;
  beforeEach(async () => {
    bench = await PipelineHarness.start();
  });
  afterEach(() => bench.stop());

  /** An alert of an event of this moment, which the topic refused. */
  async function owe(): Promise<void> {
    bench.topic.refuseNext(1);
    const record = givenUpdate([foreign], { eventTime: new Date().toISOString() });
    await expect(bench.process(record)).rejects.toThrow('the topic is away');
  }

  function finish(alerts = bench.ports.alerts): Promise<number> {
    const { undelivered } = bench.storesAt(bench.ports.clock);
    return finishAlerts(
      { ...bench.ports, alerts, undelivered },
      { ...bench.options, hasTimeLeft: () => true },
    );
  }

  test('given one that the detector may still try, then it is left to it', async () => {
    await owe();
    bench.advanceSeconds(120);
    expect(await finish()).toBe(0);
    expect(bench.topic.published).toEqual([]);
  });

  test('given one that is six minutes old, then people are notified of it', async () => {
    await owe();
    bench.advanceSeconds(360);
    expect(await finish()).toBe(1);
    expect(bench.topic.published).toHaveLength(1);
  });

  test('given one that a newer release wrote, then it is left to that release', async () => {
    await owe();
    bench.advanceSeconds(360);
    const newer = {
      ...bench.stores.alerts,
      write: bench.ports.alerts.write.bind(bench.ports.alerts),
      countBeyond: bench.ports.alerts.countBeyond.bind(bench.ports.alerts),
      read: async () => {
        throw new NewerItemError('alert', 3, 2);
      },
    };
    expect(await finish(newer)).toBe(0);
  });
});
