import { type CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import type { EventHistory } from '../sweep/ports';

/** LookupEvents answers with 50 events at most. */
const pageSize = 50;

/** CloudTrail's event history by LookupEvents; the SDK backs off where it is throttled. */
export class CloudTrailEventHistory implements EventHistory {
  constructor(private readonly client: CloudTrailClient) {}

  async lookUp({ eventName, from, to, nextToken }: Parameters<EventHistory['lookUp']>[0]) {
    const { Events = [], NextToken } = await this.client.send(
      new LookupEventsCommand({
        LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: eventName }],
        StartTime: from,
        EndTime: to,
        MaxResults: pageSize,
        ...(nextToken === undefined ? {} : { NextToken: nextToken }),
      }),
    );
    return { records: Events.map(({ CloudTrailEvent }) => parsed(CloudTrailEvent)), nextToken: NextToken };
  }
}

/** What is no JSON is handed on as it is: the pipeline says that it is no record. */
function parsed(json: string | undefined): unknown {
  try {
    return JSON.parse(json ?? 'null');
  } catch {
    return json;
  }
}
