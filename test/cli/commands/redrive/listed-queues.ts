import type { LoopbackAws } from '../../../harness/loopback-aws';

const resource = (ResourceType: string, LogicalResourceId: string) => ({
  ResourceType,
  LogicalResourceId: `${LogicalResourceId}12345678`,
  PhysicalResourceId: `https://sqs.eu-west-3.amazonaws.com/123456789012/${LogicalResourceId}`,
});

/** A stack with both dead-letter queues and the detector. */
export function listQueues(aws: LoopbackAws): LoopbackAws {
  return aws.on('ListStackResources', () => ({
    StackResourceSummaries: [
      resource('AWS::SQS::Queue', 'QueuesUndeliveredEvents'),
      resource('AWS::SQS::Queue', 'QueuesFailedEvents'),
      resource('AWS::Lambda::Function', 'Detector'),
    ],
  }));
}
