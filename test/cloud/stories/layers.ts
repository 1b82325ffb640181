import { LambdaClient } from '@aws-sdk/client-lambda';
import type { Cloud } from '../cloud';

/** What somebody does to the layers of functions, and whether it is notified. */
export function layerStories(cloud: () => Cloud): void {
  test('given a layer that is put on a function, then its alert is notified and names the layer', async () => {
    const { workload } = cloud();
    const [base, added] = [
      await workload.publishLayer('attach-base'),
      await workload.publishLayer('attach-more'),
    ];
    const name = await workload.createFunction('attach', [base]);
    await workload.setLayers(name, [base, added]);
    const { document } = await cloud().message(name);
    expect(document).toMatchObject({
      layerwatch: { change: { kind: 'added', before: [base], after: [base, added] } },
    });
    expect(document.message).toContain('attach-more');
  });

  test('given a layer of an unknown account, then its alert is high or critical', async () => {
    const { workload, adapter } = cloud();
    const name = await workload.createFunction('foreign');
    const foreign = await adapter.foreignLayer();
    if (foreign === undefined) return;
    await workload.setLayers(name, [foreign]);
    const { document } = await cloud().message(name);
    expect(document.layerwatch.change.layers).toMatchObject([
      { arn: foreign, provenance: 'unknown-account' },
    ]);
    expect(['high', 'critical']).toContain(document.layerwatch.risk.band);
  });

  test('given another version of the same layer, then its alert is notified as such', async () => {
    const { workload } = cloud();
    const [first, second] = [
      await workload.publishLayer('bump-layer'),
      await workload.publishLayer('bump-layer'),
    ];
    const name = await workload.createFunction('bump', [first]);
    await workload.setLayers(name, [second]);
    const { document } = await cloud().message(name);
    expect(document.layerwatch.change).toMatchObject({ kind: 'version-changed', after: [second] });
  });

  test('given a layer that was taken off, when it is put back, then that is notified again', async () => {
    const { workload } = cloud();
    const layer = await workload.publishLayer('again-layer');
    const name = await workload.createFunction('again');
    await workload.setLayers(name, [layer]);
    await cloud().message(name);
    await workload.setLayers(name, []);
    await workload.setLayers(name, [layer]);
    const messages = await cloud().messages(name, 2);
    expect(messages.at(-1)?.document.layerwatch.change.after).toEqual([layer]);
  });

  test('given a layer that is published and then put on a function, then both are notified', async () => {
    const { workload } = cloud();
    const name = await workload.createFunction('fresh');
    const layer = await workload.publishLayer('fresh-layer');
    await workload.setLayers(name, [layer]);
    const published = await cloud().message(workload.name('fresh-layer'));
    expect(published.document.layerwatch.change.kind).toBe('published');
    const attached = await cloud().message(name);
    expect(attached.document.message).toContain('fresh-layer');
  });

  test('given calls that put no layer on, then they are recorded and nobody is notified', async () => {
    const { workload } = cloud();
    const layer = await workload.publishLayer('quiet-layer');
    const name = await workload.createFunction('quiet', [layer]);
    await workload.update(name, { MemorySize: 256 });
    await workload.setLayers(name, [layer]);
    await workload.setLayers(name, []);
    await cloud().alert(name, ({ layerwatch }) => layerwatch.change.kind === 'removed');
    await cloud().alert(name, ({ layerwatch }) => layerwatch.change.kind === 'unchanged');
    await cloud().alert(name, ({ layerwatch }) => layerwatch.change.kind === 'no-layers');
    expect(await cloud().messagesAfterAWhile(name)).toEqual([]);
  });

  test('given a caller who may not, then there is no alert', async () => {
    const { workload } = cloud();
    const layer = await workload.publishLayer('denied-layer');
    const name = await workload.createFunction('denied');
    const guest = await cloud().person('guest', []);
    const call = workload.update(name, { Layers: [layer] }, new LambdaClient({ credentials: guest }));
    await expect(call).rejects.toThrow(/not authorized/);
    expect(await cloud().messagesAfterAWhile(name)).toEqual([]);
    expect(await cloud().alerts(name)).toEqual([]);
  });

  test('given a user of the account, then the alert names the user', async () => {
    const { workload, adapter } = cloud();
    const layer = await workload.publishLayer('named-layer');
    const name = await workload.createFunction('named');
    const eve = await cloud().person('eve', ['lambda:*']);
    await workload.update(name, { Layers: [layer] }, new LambdaClient({ credentials: eve }));
    const { document } = await cloud().message(name);
    expect(document.aws.cloudtrail.user_identity).toMatchObject({
      type: 'IAMUser',
      arn: `arn:aws:iam::${adapter.account}:user/${eve.userName}`,
    });
    expect(document.layerwatch.risk.factors.map(({ id }) => id)).toContain('user-without-mfa');
  });
}
