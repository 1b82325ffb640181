import { replay } from '../../../../cli/commands/replay/replay';
import { openDatabase } from '../../../../cli/embedded/open-database';
import { EmbeddedTopic } from '../../../../cli/embedded/topic';
import { defaultDetectionSettings } from '../../../../lambda/detection/settings';
import type { Notification } from '../../../../lambda/ports';
import { givenUpdate, layerVersion } from '../../../fixtures/records';
import { fileOf } from '../../../logs/logs';

class RefusingTopic extends EmbeddedTopic {
  private isAway = true;

  override async publish(notification: Notification) {
    if (!this.isAway) return super.publish(notification);
    this.isAway = false;
    throw new Error('the topic is away');
  }
}

const foreign = layerVersion('boto-utils', 3, '999988887777');

test('given a record that cannot be decided, then it is named and the one behind it is notified', async () => {
  const database = await openDatabase();
  const topic = new RefusingTopic();
  const problems: string[] = [];
  const { summary } = await replay({
    settings: defaultDetectionSettings,
    database,
    topic,
    paths: [
      fileOf(JSON.stringify({ Records: [givenUpdate([foreign]), givenUpdate([foreign], {}, 'orders')] })),
    ],
    onProblem: ({ reason }) => problems.push(reason),
    onProgress: () => {},
  });
  expect(problems).toEqual(['could not be processed: the topic is away']);
  expect(summary).toMatchObject({ matched: 1, notified: 1, rejected: 1 });
  await database.close();
});
