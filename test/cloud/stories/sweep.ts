import { setTimeout as sleep } from 'node:timers/promises';
import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
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

  /** Whether the sweeper has asked for the event history, by CloudTrail's own record of that. */
  async function hasSwept(since: Date): Promise<boolean> {
    const LookupAttributes = [
      { AttributeKey: 'Username' as const, AttributeValue: cloud().functionNamed('Sweeper') },
    ];
    const { Events = [] } = await new CloudTrailClient({}).send(
      new LookupEventsCommand({ LookupAttributes, StartTime: since }),
    );
    return Events.some(({ EventName }) => EventName === 'LookupEvents');
  }

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

  // Last of these: a sweep of the schedule would find what another story wants to be lost.
  test('given the schedule, then the sweeper runs by itself, and doctor finds nothing wrong', async () => {
    // CloudTrail's times are whole seconds, and a sweep of the story before may have ended in this one.
    const start = new Date(Math.ceil(Date.now() / 1_000) * 1_000 + 1_000);
    await cloud().adapter.hurrySchedules();
    const deadline = Date.now() + cloud().adapter.scheduleMilliseconds;
    while (!(await hasSwept(start))) {
      if (Date.now() > deadline) throw new Error('the schedule did not run the sweeper');
      await sleep(500);
    }
    const found = await checks();
    expect(found.filter(({ status }) => status === 'failed' || status === 'warning')).toEqual([]);
  });
}
