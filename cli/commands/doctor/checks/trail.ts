import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { findLoggingTrail } from '../../../../lambda/aws/self-checks/trails';
import { listStackResources } from '../../../../lambda/aws/stack-resources';
import { type DeployedStack, isMissingStack } from '../../../aws/stack';
import { type Check, failed, ok, skipped, warning } from '../check';

const fix =
  'create a trail that logs management events of type write in this region, or start one: aws cloudtrail start-logging --name TRAIL';

/** EventBridge receives calls of Lambda only while a trail logs management write events of the region. */
export const trailCheck: Check = {
  name: 'trail',
  async run(stack) {
    const client = new CloudTrailClient({});
    const { logging, homeRegion, problems, unreadable } = await findLoggingTrail(client);
    const region = await client.config.region();
    if (logging === undefined) {
      const found = [...problems, ...unreadable].join('; ');
      return problems.length > 0 ? failed(found, fix) : skipped(found);
    }
    const found = `trail ${logging} logs management write events of ${region}`;
    if (homeRegion === undefined || homeRegion === region || !(await isUnwatched(stack, homeRegion)))
      return ok(found);
    return warning(
      `${found}; calls that stop or change it are recorded in ${homeRegion}, where there is no stack ${stack.name}`,
      `deploy Layerwatch in ${homeRegion} too; until then the sweep reports within ten minutes that no trail logs, but not who stopped it`,
    );
  },
};

/** Whether nothing watches calls on a trail. Forwarders do in an organization; a region that refuses the caller is not judged. */
async function isUnwatched(stack: DeployedStack, region: string): Promise<boolean> {
  if (stack.findPhysicalId('AWS::Events::EventBus', 'Hub') !== undefined) return false;
  try {
    await listStackResources(new CloudFormationClient({ region }), stack.name);
    return false;
  } catch (error) {
    return isMissingStack(error);
  }
}
