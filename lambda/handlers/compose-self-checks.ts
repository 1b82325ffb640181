import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SNSClient } from '@aws-sdk/client-sns';
import { DynamoDbSubscriberCounts } from '../aws/dynamodb-subscriber-counts';
import type { StackFacts } from '../aws/self-checks/own-resources';
import { functionsSelfCheck, rulesSelfCheck, trailSelfCheck } from '../aws/self-checks/self-checks';
import { confirmedSubscriptions } from '../aws/self-checks/subscribers';
import { listStackResources, type StackResources, stackResources } from '../aws/stack-resources';
import { environmentVariable, metric } from '../contract';
import type { SelfCheck } from '../sweep/ports';
import { subscriberProblems } from '../sweep/self-checks';
import type { ClientOptions } from './client-options';
import { routeTopics } from './composition';
import { required } from './environment';

interface Clients {
  readonly dynamoDb: DynamoDBClient;
  readonly options: ClientOptions;
}

/** What the sweep looks at of Layerwatch itself; nothing in a stack of a version that had no topic of the alarms. */
export function composeSelfChecks(
  environment: NodeJS.ProcessEnv,
  { dynamoDb, options }: Clients,
): () => readonly SelfCheck[] {
  const alarmTopic = environment[environmentVariable.alarmTopic];
  if (alarmTopic === undefined) return () => [];
  const facts = stackFacts(environment, alarmTopic);
  const clients = {
    cloudTrail: new CloudTrailClient(options),
    events: new EventBridgeClient(options),
    lambda: new LambdaClient(options),
  };
  const sns = new SNSClient(options);
  const cloudFormation = new CloudFormationClient(options);
  const counts = new DynamoDbSubscriberCounts(dynamoDb, required(environment, 'stateTable'));
  return () => {
    let listed: Promise<StackResources> | undefined;
    const stack = (): Promise<StackResources> => {
      listed ??= listStackResources(cloudFormation, facts.stackName).then(stackResources);
      return listed;
    };
    return [
      trailSelfCheck(clients.cloudTrail),
      {
        name: 'subscriptions',
        metric: metric.subscribersMissing,
        problems: () =>
          subscriberProblems(facts.topicArns, (arn) => confirmedSubscriptions(sns, arn), counts),
      },
      functionsSelfCheck(clients.lambda, stack, facts),
      rulesSelfCheck(clients.events, stack, facts),
    ];
  };
}

function stackFacts(environment: NodeJS.ProcessEnv, alarmTopic: string): StackFacts {
  const alertTopic = required(environment, 'alertTopic');
  const [, partition = '', , region = '', account = ''] = alertTopic.split(':');
  return {
    stackName: required(environment, 'stackName'),
    partition,
    region,
    account,
    keyArn: environment[environmentVariable.ownKey],
    topicArns: [alertTopic, alarmTopic, ...routeTopics(environment).values()],
  };
}
