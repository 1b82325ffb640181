import { CreateFunctionCommand, LambdaClient, PublishLayerVersionCommand } from '@aws-sdk/client-lambda';
import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { zipSync } from 'fflate';
import { deployedAccount } from './deployment';

/** A function with a layer of its own account, made before Layerwatch has seen it. */
export async function createFunctionWithLayer(roleName: string) {
  const lambda = new LambdaClient({});
  const ZipFile = zipSync({ 'index.py': new TextEncoder().encode('def handler(event, context): pass\n') });
  const layer = await lambda.send(
    new PublishLayerVersionCommand({ LayerName: 'base', Content: { ZipFile } }),
  );
  const { FunctionArn = '' } = await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'reports',
      Runtime: 'python3.13',
      Role: `arn:aws:iam::${deployedAccount}:role/${roleName}`,
      Handler: 'index.handler',
      Code: { ZipFile },
      Layers: [layer.LayerVersionArn ?? ''],
      Environment: { Variables: { AWS_LAMBDA_EXEC_WRAPPER: '/opt/secret-wrapper' } },
    }),
  );
  return { layerArn: layer.LayerVersionArn ?? '', functionArn: FunctionArn };
}

export async function subscribeQueue(topicArn: string): Promise<string> {
  const sqs = new SQSClient({});
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'subscriber' }));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  await new SNSClient({}).send(
    new SubscribeCommand({ TopicArn: topicArn, Protocol: 'sqs', Endpoint: Attributes?.['QueueArn'] ?? '' }),
  );
  return QueueUrl;
}

interface Message {
  readonly layerwatch: { readonly alert_id: string; readonly target: { readonly name: string } };
}

export async function receive(queueUrl: string): Promise<readonly Message[]> {
  const { Messages = [] } = await new SQSClient({}).send(
    new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 3_600 }),
  );
  return Messages.map(({ Body = '{}' }) => {
    const envelope = JSON.parse(Body) as { Message: string };
    const outer = JSON.parse(envelope.Message) as Message & { sqs?: string };
    return outer.sqs === undefined ? outer : (JSON.parse(outer.sqs) as Message);
  });
}
