import { withContribution } from '../../../../lambda/detection/fold-alert';
import { alertRecordOf } from '../../../fixtures/finding';
import { givenUpdate, layerVersion } from '../../../fixtures/records';
import { startDynamoDb } from '../../../harness/dynamodb';
import { dynamoDbStores } from '../../../harness/dynamodb-stores';
import { LoopbackAws } from '../../../harness/loopback-aws';

/** Who calls. */
export const ana = 'arn:aws:iam::123456789012:user/ana';

const table = (LogicalResourceId: string, PhysicalResourceId: string) => ({
  ResourceType: 'AWS::DynamoDB::Table',
  LogicalResourceId,
  PhysicalResourceId,
});

/** A stack on a loopback AWS whose alert table holds one open alert. */
export interface DeployedAlert {
  readonly aws: LoopbackAws;
  readonly env: Readonly<Record<string, string>>;
  /** The alert's id, as short as it is shown. */
  readonly id: string;
}

export async function startDeployedAlert(): Promise<DeployedAlert> {
  const aws = await LoopbackAws.start();
  const dynamodb = await startDynamoDb();
  const env = { ...aws.environment, AWS_ENDPOINT_URL_DYNAMODB: dynamodb.endpoint, AWS_REGION: 'local' };
  aws
    .on('ListStackResources', () => ({
      StackResourceSummaries: [table('TablesAlerts1', 'alerts'), table('TablesState1', 'state')],
    }))
    .on('GetCallerIdentity', () => ({ Arn: ana, Account: '123456789012' }));
  const record = givenUpdate([layerVersion('base', 4)], { eventTime: new Date().toISOString() });
  const finding = alertRecordOf(record);
  const alert = withContribution(
    undefined,
    {
      counted: { recordId: finding.recordId, bucket: undefined },
      judged: [{ finding, sameNews: [] }],
      historyVersion: 0,
      isComplete: false,
      exporters: [],
    },
    new Date(),
  );
  await dynamoDbStores(dynamodb, { now: () => new Date() }).alerts.write(alert, undefined);
  return { aws, env, id: alert.alertId.slice(0, 12) };
}
