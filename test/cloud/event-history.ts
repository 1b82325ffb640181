import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';

export type CloudTrailRecord = Readonly<Record<string, unknown>>;

/** All records of one event name in the event history, newest first. */
export async function history(eventName: string, page?: string): Promise<readonly CloudTrailRecord[]> {
  const { Events = [], NextToken } = await new CloudTrailClient({}).send(
    new LookupEventsCommand({
      LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: eventName }],
      ...(page === undefined ? {} : { NextToken: page }),
    }),
  );
  const found = Events.map(({ CloudTrailEvent = '' }) => JSON.parse(CloudTrailEvent) as CloudTrailRecord);
  return NextToken === undefined ? found : [...found, ...(await history(eventName, NextToken))];
}
