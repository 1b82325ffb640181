import {
  CloudTrailClient,
  DescribeTrailsCommand,
  type EventSelector,
  GetEventSelectorsCommand,
  type GetEventSelectorsCommandOutput,
  GetTrailStatusCommand,
  type Trail,
} from '@aws-sdk/client-cloudtrail';
import { type Check, failed, ok } from '../check';

const fix =
  'create a trail that logs management events of type write in this region, or start one: aws cloudtrail start-logging --name TRAIL';

/** EventBridge receives calls of Lambda only while a trail logs management write events of the region. */
export const trailCheck: Check = {
  name: 'trail',
  async run() {
    const client = new CloudTrailClient({});
    const region = await client.config.region();
    const { trailList = [] } = await client.send(new DescribeTrailsCommand({ includeShadowTrails: true }));
    const here = trailList.filter(
      (trail) => trail.IsMultiRegionTrail === true || trail.HomeRegion === region,
    );
    const faults: string[] = [];
    for (const trail of here) {
      const fault = await faultOf(client, trail);
      if (fault === undefined) return ok(`trail ${trail.Name} logs management write events of ${region}`);
      faults.push(`trail ${trail.Name} ${fault}`);
    }
    return failed(
      faults.join('; ') || `no trail covers ${region}, so no call of Lambda reaches EventBridge`,
      fix,
    );
  },
};

async function faultOf(client: CloudTrailClient, { TrailARN = '' }: Trail): Promise<string | undefined> {
  const { IsLogging } = await client.send(new GetTrailStatusCommand({ Name: TrailARN }));
  if (IsLogging !== true) return 'is stopped';
  const selectors = await client.send(new GetEventSelectorsCommand({ TrailName: TrailARN }));
  return logsManagementWrites(selectors) ? undefined : 'does not log management events of type write';
}

export function logsManagementWrites({
  EventSelectors = [],
  AdvancedEventSelectors = [],
}: Pick<GetEventSelectorsCommandOutput, 'EventSelectors' | 'AdvancedEventSelectors'>): boolean {
  // A trail that was never given selectors logs all management events.
  if (EventSelectors.length === 0 && AdvancedEventSelectors.length === 0) return true;
  return EventSelectors.some(isManagementWrite) || AdvancedEventSelectors.some(isAdvancedManagementWrite);
}

function isManagementWrite({ IncludeManagementEvents, ReadWriteType }: EventSelector): boolean {
  return IncludeManagementEvents !== false && ReadWriteType !== 'ReadOnly';
}

type AdvancedSelector = NonNullable<GetEventSelectorsCommandOutput['AdvancedEventSelectors']>[number];

/** A selector may exclude sources (KMS, RDS). Its field `readOnly` decides about writes. */
function isAdvancedManagementWrite({ FieldSelectors = [] }: AdvancedSelector): boolean {
  const equalsOf = (field: string) => FieldSelectors.find(({ Field }) => Field === field)?.Equals;
  return (
    equalsOf('eventCategory')?.includes('Management') === true &&
    equalsOf('readOnly')?.includes('true') !== true
  );
}
