import { documentsOf } from '../../cli/run-layerwatch';
import type { Cloud } from '../cloud';

/** The command line on what the stories before it left, and on attacks of its own. */
export function commandStories(cloud: () => Cloud): void {
  /** A function on which a layer was put, and the id of the alert. */
  async function attacked(short: string) {
    const { workload } = cloud();
    const [base, bad] = [
      await workload.publishLayer(`${short}-base`),
      await workload.publishLayer(`${short}-bad`),
    ];
    const name = await workload.createFunction(short, [base]);
    await workload.setLayers(name, [base, bad]);
    const { document } = await cloud().message(name);
    return { base, bad, name, id: document.layerwatch.alert_id };
  }

  async function shown(id: string) {
    const { stdout } = await cloud().run('show', id, '--json');
    return JSON.parse(stdout) as {
      readonly layerwatch: { readonly status: string };
      readonly history: readonly { readonly action: string; readonly reason?: string }[];
    };
  }

  test('given an alert, when it is restored, then the layers are as before and the restore is an alert of its own', async () => {
    const { name, base, id } = await attacked('restored');
    const ran = await cloud().run('restore', id, '--yes');
    expect(ran).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('restored and verified') });
    expect(await cloud().workload.layersOf(name)).toEqual([base]);
    expect((await shown(id)).history).toMatchObject([{ action: 'restore' }]);
    const removed = await cloud().alert(name, ({ layerwatch }) => layerwatch.change.kind === 'removed');
    expect(removed.layerwatch.change.after).toEqual([base]);
  });

  test('given an alert, when it is acknowledged and closed, then both are in its history', async () => {
    const { id } = await attacked('triaged');
    expect((await cloud().run('ack', id)).exitCode).toBe(0);
    expect((await cloud().run('close', id, '--reason', 'change 4711')).exitCode).toBe(0);
    expect(await shown(id)).toMatchObject({
      layerwatch: { status: 'closed' },
      history: [{ action: 'acknowledge' }, { action: 'close', reason: 'change 4711' }],
    });
  });

  test("given the trail's log files, then replay finds the same alert in them", async () => {
    const { name, id } = await attacked('replayed');
    const deadline = Date.now() + cloud().adapter.logMilliseconds;
    let found: readonly string[] = [];
    while (!found.includes(id) && Date.now() < deadline) {
      const ran = await cloud().run('replay', cloud().adapter.logs, '--json');
      found = documentsOf(ran).flatMap(({ layerwatch }) =>
        layerwatch.target.name === name ? [layerwatch.alert_id] : [],
      );
    }
    expect(found).toContain(id);
  });

  test('given a self-test, then its call is notified and it leaves no layer', async () => {
    const ran = await cloud().run('selftest', '--json');
    expect(ran.exitCode).toBe(0);
    expect(JSON.parse(ran.stdout)).toMatchObject({ outcome: 'passed', left: [] });
  });
}
