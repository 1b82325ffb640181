import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { type Check, failed, ok, redeploy } from '../check';

/** Both tables are active, with point-in-time recovery, deletion protection and time to live. */
export const tableChecks: readonly Check[] = [
  { name: 'alert table', logicalId: 'TablesAlerts' },
  { name: 'state table', logicalId: 'TablesState' },
].map(({ name, logicalId }) => ({
  name,
  async run(stack) {
    const TableName = stack.physicalId('AWS::DynamoDB::Table', logicalId);
    const client = new DynamoDBClient({});
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    const backups = await client.send(new DescribeContinuousBackupsCommand({ TableName }));
    const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName }));
    const recovery = backups.ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
    const faults = [
      ...(Table?.TableStatus === 'ACTIVE' ? [] : [`is ${Table?.TableStatus}`]),
      ...(recovery?.PointInTimeRecoveryStatus === 'ENABLED' ? [] : ['has no point-in-time recovery']),
      ...(Table?.DeletionProtectionEnabled === true ? [] : ['has no deletion protection']),
      ...(TimeToLiveDescription?.TimeToLiveStatus?.startsWith('ENABL') ? [] : ['has no time to live']),
    ];
    if (faults.length > 0) return failed(`${TableName} ${faults.join(', ')}`, redeploy);
    return ok('active, point-in-time recovery, deletion protection, time to live');
  },
}));
