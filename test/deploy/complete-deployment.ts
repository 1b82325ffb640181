import { IAMClient, PutRolePolicyCommand, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  AddPermissionCommand,
  LambdaClient,
  PutFunctionEventInvokeConfigCommand,
} from '@aws-sdk/client-lambda';
import { SetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import { SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { findStack } from '../../cli/aws/stack';
import { templateResources } from '../../cli/commands/doctor/template/template';
import { stackName } from '../../lambda/contract';
import { plain } from '../harness/plain';

type Properties = Readonly<Record<string, unknown>>;

/** Makes what CloudFormation makes of the template and the emulator leaves out, or keeps in a notation of its own. */
export async function completeDeployment(): Promise<void> {
  await forEach('AWS::SNS::TopicPolicy', async ({ Topics, PolicyDocument }) => {
    for (const TopicArn of Topics as string[])
      await new SNSClient({}).send(
        new SetTopicAttributesCommand({
          TopicArn,
          AttributeName: 'Policy',
          AttributeValue: JSON.stringify(PolicyDocument),
        }),
      );
  });
  await forEach('AWS::SQS::QueuePolicy', async ({ Queues, PolicyDocument }) => {
    for (const QueueUrl of Queues as string[])
      await new SQSClient({ useQueueUrlAsEndpoint: false }).send(
        new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: JSON.stringify(PolicyDocument) } }),
      );
  });
  await completeFunctions();
  await forEach('AWS::IAM::Role', completeRole);
}

async function completeFunctions(): Promise<void> {
  const lambda = new LambdaClient({});
  await forEach('AWS::Lambda::Permission', async ({ FunctionName, SourceArn, ...rest }, StatementId) => {
    const { Action, Principal } = rest as { Action: string; Principal: string };
    const permission = { Action, Principal, StatementId, SourceArn: String(SourceArn) };
    // The emulator may have made it.
    await lambda
      .send(new AddPermissionCommand({ FunctionName: String(FunctionName), ...permission }))
      .catch(() => {});
  });
  await forEach('AWS::Lambda::EventInvokeConfig', async ({ FunctionName, DestinationConfig, ...rest }) => {
    await lambda.send(
      new PutFunctionEventInvokeConfigCommand({
        FunctionName: String(FunctionName),
        DestinationConfig: (DestinationConfig ?? {}) as object,
        MaximumEventAgeInSeconds: Number(rest['MaximumEventAgeInSeconds']),
        MaximumRetryAttempts: Number(rest['MaximumRetryAttempts']),
      }),
    );
  });
}

async function completeRole(
  { AssumeRolePolicyDocument, Policies = [] }: Properties,
  _: string,
  RoleName: string,
): Promise<void> {
  const iam = new IAMClient({});
  await iam.send(
    new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: JSON.stringify(AssumeRolePolicyDocument) }),
  );
  for (const { PolicyName, PolicyDocument } of Policies as { PolicyName: string; PolicyDocument: unknown }[])
    await iam.send(
      new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: JSON.stringify(PolicyDocument) }),
    );
}

async function forEach(
  type: string,
  make: (properties: Properties, logicalId: string, physicalId: string) => Promise<void>,
): Promise<void> {
  const resources = await templateResources(await findStack(stackName), type);
  for (const { properties, logicalId, physicalId } of resources)
    await make(plain(properties) as Properties, logicalId, physicalId);
}
