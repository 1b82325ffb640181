import { setTimeout as sleep } from 'node:timers/promises';
import type { Cloud } from '../cloud';

interface Check {
  readonly check: string;
  readonly status: string;
  readonly found: string;
}

/** What the sweep finds, and what `doctor` says of the deployment. */
export function sweepStories(cloud: () => Cloud): void {
  async function checks(): Promise<readonly Check[]> {
    const { stdout } = await cloud().run('doctor', '--json');
    return stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Check]));
  }

  test('given the schedule, then the sweeper runs by itself, and doctor finds nothing wrong', async () => {
    await cloud().adapter.hurrySchedules();
    const deadline = Date.now() + cloud().adapter.scheduleMilliseconds;
    let found = await checks();
    while (found.some(({ check, status }) => check === 'last sweep' && status !== 'ok')) {
      if (Date.now() > deadline) break;
      await sleep(1_000);
      found = await checks();
    }
    expect(found.filter(({ status }) => status === 'failed' || status === 'warning')).toEqual([]);
  });

  test('given a call whose event was lost, then the sweep finds and notifies it', async () => {
    const { workload, adapter, stack } = cloud();
    const layer = await workload.publishLayer('lost-layer');
    const name = await workload.createFunction('lost');
    await adapter.loseEvents(stack, async () => {
      await workload.setLayers(name, [layer]);
      expect(await cloud().messagesAfterAWhile(name)).toEqual([]);
    });
    await cloud().sweep();
    const { document } = await cloud().message(name);
    expect(document.layerwatch.change.after).toEqual([layer]);
  });

  test('given a call whose event came, when the sweep finds it too, then it is notified once', async () => {
    const { workload } = cloud();
    const layer = await workload.publishLayer('once-layer');
    const name = await workload.createFunction('once');
    await workload.setLayers(name, [layer]);
    await cloud().message(name);
    await cloud().sweep();
    expect(await cloud().messagesAfterAWhile(name)).toHaveLength(1);
  });
}
