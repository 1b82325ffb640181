import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { findLoggingTrail } from '../../../../lambda/aws/self-checks/trails';
import { type Check, failed, ok, skipped } from '../check';

const fix =
  'create a trail that logs management events of type write in this region, or start one: aws cloudtrail start-logging --name TRAIL';

/** EventBridge receives calls of Lambda only while a trail logs management write events of the region. */
export const trailCheck: Check = {
  name: 'trail',
  async run() {
    const client = new CloudTrailClient({});
    const { logging, problems, unreadable } = await findLoggingTrail(client);
    if (logging !== undefined)
      return ok(`trail ${logging} logs management write events of ${await client.config.region()}`);
    const found = [...problems, ...unreadable].join('; ');
    return problems.length > 0 ? failed(found, fix) : skipped(found);
  },
};
