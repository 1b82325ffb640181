import {
  type CloudTrailClient,
  DescribeTrailsCommand,
  type EventSelector,
  GetEventSelectorsCommand,
  type GetEventSelectorsCommandOutput,
  GetTrailStatusCommand,
  type Trail,
} from '@aws-sdk/client-cloudtrail';

/** What is known of the trails that cover a region. */
export interface TrailsFound {
  /** Name of one that logs the management write events of the region. */
  readonly logging: string | undefined;
  /** Region of that one, in which CloudTrail records calls on it. */
  readonly homeRegion?: string | undefined;
  /** Why each of the others does not, as phrases. */
  readonly problems: readonly string[];
  /** Trails that could not be read, an organization's for example, each with the reason. */
  readonly unreadable: readonly string[];
}

/** EventBridge receives calls of Lambda only while a trail logs management write events of the region. */
export async function findLoggingTrail(client: CloudTrailClient): Promise<TrailsFound> {
  const region = await client.config.region();
  const { trailList = [] } = await client.send(new DescribeTrailsCommand({ includeShadowTrails: true }));
  const problems: string[] = [];
  const unreadable: string[] = [];
  for (const trail of trailList.filter((each) => covers(each, region))) {
    try {
      const problem = await problemOf(client, trail);
      if (problem === undefined)
        return { logging: trail.Name, homeRegion: trail.HomeRegion, problems: [], unreadable: [] };
      problems.push(`trail ${trail.Name} ${problem}`);
    } catch (error) {
      unreadable.push(
        `trail ${trail.Name} could not be read: ${error instanceof Error ? error.name : 'unknown'}`,
      );
    }
  }
  const none = `no trail covers ${region}, so no call of Lambda reaches EventBridge`;
  return {
    logging: undefined,
    problems: problems.length === 0 && unreadable.length === 0 ? [none] : problems,
    unreadable,
  };
}

function covers(trail: Trail, region: string): boolean {
  return trail.IsMultiRegionTrail === true || trail.HomeRegion === region;
}

async function problemOf(client: CloudTrailClient, { TrailARN = '' }: Trail): Promise<string | undefined> {
  const { IsLogging } = await client.send(new GetTrailStatusCommand({ Name: TrailARN }));
  if (IsLogging !== true) return 'is stopped';
  const selectors = await client.send(new GetEventSelectorsCommand({ TrailName: TrailARN }));
  return logsManagementWrites(selectors) ? undefined : 'does not log management events of type write';
}

/** Whether write events of Lambda's management API are among what the selectors log. */
export function logsManagementWrites({
  EventSelectors = [],
  AdvancedEventSelectors = [],
}: Pick<GetEventSelectorsCommandOutput, 'EventSelectors' | 'AdvancedEventSelectors'>): boolean {
  // A trail that was never given selectors logs all management events.
  if (EventSelectors.length === 0 && AdvancedEventSelectors.length === 0) return true;
  return EventSelectors.some(isManagementWrite) || AdvancedEventSelectors.some(isAdvancedManagementWrite);
}

function isManagementWrite({
  IncludeManagementEvents,
  ReadWriteType,
  ExcludeManagementEventSources = [],
}: EventSelector): boolean {
  return (
    IncludeManagementEvents !== false &&
    ReadWriteType !== 'ReadOnly' &&
    !ExcludeManagementEventSources.includes(lambdaSource)
  );
}

const lambdaSource = 'lambda.amazonaws.com';

type AdvancedSelector = NonNullable<GetEventSelectorsCommandOutput['AdvancedEventSelectors']>[number];

/** A selector may exclude sources. Its field `readOnly` decides about writes. */
function isAdvancedManagementWrite({ FieldSelectors = [] }: AdvancedSelector): boolean {
  const fieldOf = (name: string) => FieldSelectors.find(({ Field }) => Field === name);
  const source = fieldOf('eventSource');
  return (
    fieldOf('eventCategory')?.Equals?.includes('Management') === true &&
    fieldOf('readOnly')?.Equals?.includes('true') !== true &&
    source?.NotEquals?.includes(lambdaSource) !== true &&
    (source?.Equals === undefined || source.Equals.includes(lambdaSource))
  );
}
