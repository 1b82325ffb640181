import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedTopic } from '../../../cli/embedded/topic';
import { alertRecordOf } from '../../fixtures/finding';
import { givenUpdate, layerVersion } from '../../fixtures/records';

const { document } = alertRecordOf(givenUpdate([layerVersion('boto-utils', 3, '999988887777')]));

describe('the topic of a replay', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'layerwatch-topic-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  test('given a folder, then a message is rendered for every protocol and written there', async () => {
    const topic = new EmbeddedTopic(directory);
    const notification = topic.render(document, {});
    await topic.publish(notification);
    expect(Object.keys(notification.bodies)).toContain('email');
    expect(readdirSync(directory)).toEqual([`1-${document.layerwatch.alert_id}.json`]);
  });

  test('given a folder, then a message that SNS would refuse is refused', async () => {
    const topic = new EmbeddedTopic(directory);
    const notification = { ...topic.render(document, {}), subject: 'two\nlines' };
    await expect(topic.publish(notification)).rejects.toThrow('subject is not one line');
  });

  test('given no folder, then a message is counted and not rendered', async () => {
    const topic = new EmbeddedTopic();
    const notification = topic.render(document, {});
    await topic.publish(notification);
    expect([topic.count, notification.bodies.default]).toEqual([1, '']);
  });
});
