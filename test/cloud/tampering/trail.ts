import {
  CloudTrailClient,
  CreateTrailCommand,
  DeleteTrailCommand,
  DescribeTrailsCommand,
  PutEventSelectorsCommand,
  StartLoggingCommand,
  StopLoggingCommand,
  UpdateTrailCommand,
} from '@aws-sdk/client-cloudtrail';
import type { Tampering } from './tampering';

const cloudTrail = new CloudTrailClient({});
const secondTrail = 'story-second-trail';

/** What a trail selects that was given nothing. */
function selectAllManagementEvents(TrailName: string) {
  const EventSelectors = [{ ReadWriteType: 'All' as const, IncludeManagementEvents: true }];
  return cloudTrail.send(new PutEventSelectorsCommand({ TrailName, EventSelectors }));
}

async function createSecondTrail(trail: string): Promise<void> {
  const { trailList = [] } = await cloudTrail.send(new DescribeTrailsCommand({ trailNameList: [trail] }));
  await cloudTrail.send(
    new CreateTrailCommand({ Name: secondTrail, S3BucketName: trailList[0]?.S3BucketName }),
  );
}

export const trailTamperings: readonly Tampering[] = [
  {
    action: 'StopLogging',
    attack: ({ trail }) => cloudTrail.send(new StopLoggingCommand({ Name: trail })),
    repair: ({ trail }) => cloudTrail.send(new StartLoggingCommand({ Name: trail })),
  },
  {
    action: 'PutEventSelectors',
    attack: ({ trail }) => selectAllManagementEvents(trail),
  },
  {
    action: 'UpdateTrail',
    attack: ({ trail }) =>
      cloudTrail.send(new UpdateTrailCommand({ Name: trail, EnableLogFileValidation: false })),
  },
  {
    action: 'DeleteTrail',
    attack: async ({ trail }) => {
      await createSecondTrail(trail);
      await cloudTrail.send(new DeleteTrailCommand({ Name: secondTrail }));
    },
  },
];
