import { DeleteTableCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import {
  GetRolePolicyCommand,
  IAMClient,
  ListRolePoliciesCommand,
  ListRolesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  DeleteFunctionCommand,
  LambdaClient,
  PublishLayerVersionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { DeleteTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { PurgeQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { layerVersion } from '../fixtures/records';
import { type Deployed, deployedAccount } from './deployment';

const foreign = layerVersion('boto-utils', 3, '999988887777');

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

export interface RoleCredentials {
  readonly credentials: Credentials;
  readonly environment: Readonly<Record<string, string>>;
}

export async function credentialsOf(roleName: string): Promise<RoleCredentials> {
  const RoleArn = `arn:aws:iam::${deployedAccount}:role/${roleName}`;
  const assumed = await new STSClient({}).send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: 'function' }),
  );
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = assumed.Credentials ?? {};
  return {
    credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken },
    environment: {
      AWS_ACCESS_KEY_ID: AccessKeyId,
      AWS_SECRET_ACCESS_KEY: SecretAccessKey,
      AWS_SESSION_TOKEN: SessionToken,
    },
  };
}

/** What somebody would do with a stolen role of ours. */
export function forbiddenCalls(
  { alertTableName, topicArn, detector, queueUrls }: Deployed,
  credentials: Credentials,
): readonly (readonly [string, () => Promise<unknown>])[] {
  const [dynamoDb, sns, lambda, iam, s3] = [
    new DynamoDBClient({ credentials }),
    new SNSClient({ credentials }),
    new LambdaClient({ credentials }),
    new IAMClient({ credentials }),
    new S3Client({ credentials, forcePathStyle: true }),
  ];
  const sqs = new SQSClient({ credentials, useQueueUrlAsEndpoint: false });
  const FunctionName = detector.name;
  return [
    ['read all alerts', () => dynamoDb.send(new ScanCommand({ TableName: alertTableName }))],
    ['delete the table', () => dynamoDb.send(new DeleteTableCommand({ TableName: alertTableName }))],
    [
      'subscribe to the topic',
      () =>
        sns.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: 'email', Endpoint: 'e@example.com' })),
    ],
    ['delete the topic', () => sns.send(new DeleteTopicCommand({ TopicArn: topicArn }))],
    [
      'read the dead-letter queue',
      () => sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrls.failedEvents })),
    ],
    [
      'empty the dead-letter queue',
      () => sqs.send(new PurgeQueueCommand({ QueueUrl: queueUrls.failedEvents })),
    ],
    [
      'change a function',
      () => lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Layers: [foreign] })),
    ],
    ['delete a function', () => lambda.send(new DeleteFunctionCommand({ FunctionName }))],
    [
      'publish a layer',
      () =>
        lambda.send(
          new PublishLayerVersionCommand({ LayerName: 'x', Content: { ZipFile: new Uint8Array([1]) } }),
        ),
    ],
    ['list roles', () => iam.send(new ListRolesCommand({}))],
    ['list buckets', () => s3.send(new ListBucketsCommand({}))],
  ];
}

export async function isRefused(call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call();
    return false;
  } catch (error) {
    return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode === 403;
  }
}

/**
 * Writes the role's inline policies again so that the emulator's check can read them: it keeps what CloudFormation made
 * in Python's notation, and it takes every DynamoDB and SNS call to be for resource `*`. So it is the actions that are
 * checked here; that each statement names its resources is checked on the template.
 */
export async function rewriteInlinePolicies(RoleName: string): Promise<void> {
  const iam = new IAMClient({});
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  for (const PolicyName of PolicyNames) {
    const { PolicyDocument = '' } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
    const document = JSON.parse(decodeURIComponent(PolicyDocument).replaceAll("'", '"')) as PolicyDocument;
    const anywhere = document.Statement.map((statement) => ({ ...statement, Resource: '*' }));
    const widened = JSON.stringify({ ...document, Statement: anywhere });
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: widened }));
  }
}

interface PolicyDocument {
  readonly Version: string;
  readonly Statement: readonly { readonly Action: unknown }[];
}
