import {
  CloudWatchClient,
  DisableAlarmActionsCommand,
  EnableAlarmActionsCommand,
} from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient, UpdateContinuousBackupsCommand, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import type { Tampering } from './tampering';

const dynamoDb = new DynamoDBClient({});
const cloudWatch = new CloudWatchClient({});

export const tableAndAlarmTamperings: readonly Tampering[] = [
  {
    action: 'UpdateTable',
    attack: ({ alertTable }) =>
      dynamoDb.send(new UpdateTableCommand({ TableName: alertTable, DeletionProtectionEnabled: true })),
  },
  {
    action: 'UpdateContinuousBackups',
    attack: ({ alertTable }) =>
      dynamoDb.send(
        new UpdateContinuousBackupsCommand({
          TableName: alertTable,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        }),
      ),
  },
  {
    action: 'DisableAlarmActions',
    attack: ({ alarm }) => cloudWatch.send(new DisableAlarmActionsCommand({ AlarmNames: [alarm] })),
    repair: ({ alarm }) => cloudWatch.send(new EnableAlarmActionsCommand({ AlarmNames: [alarm] })),
  },
];
