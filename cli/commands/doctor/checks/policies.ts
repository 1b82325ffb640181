import { GetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { lastPart } from '../../../../lambda/aws/self-checks/own-resources';
import { type Check, failed, ok, redeploy } from '../check';
import { policyProblems } from '../template/policies';
import { templateResources } from '../template/template';

/** The policies of topics and queues let the services write that were deployed to, and deny nothing beyond. */
export const policyChecks: readonly Check[] = [
  policyCheck('policies of the topics', 'AWS::SNS::TopicPolicy', 'Topics', async (TopicArn) => {
    const { Attributes } = await new SNSClient({}).send(new GetTopicAttributesCommand({ TopicArn }));
    return Attributes?.['Policy'];
  }),
  policyCheck('policies of the queues', 'AWS::SQS::QueuePolicy', 'Queues', async (QueueUrl) => {
    const client = new SQSClient({ useQueueUrlAsEndpoint: false });
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['Policy'] }),
    );
    return Attributes?.Policy;
  }),
];

function policyCheck(
  name: string,
  type: string,
  property: 'Topics' | 'Queues',
  policyOf: (id: string) => Promise<string | undefined>,
): Check {
  return {
    name,
    async run(stack) {
      const policies = await templateResources(stack, type);
      const targets = policies.flatMap(({ properties }) =>
        [properties.get(property) ?? []]
          .flat()
          .map((id) => ({ id: String(id), deployed: properties.get('PolicyDocument') })),
      );
      const found = await Promise.all(
        targets.map(async ({ id, deployed }) => {
          const problems = policyProblems(JSON.parse((await policyOf(id)) ?? '{}'), deployed);
          return problems.map((problem) => `${shortName(id)} ${problem}`);
        }),
      );
      const problems = found.flat();
      return problems.length > 0
        ? failed(problems.join('; '), redeploy)
        : ok(`${targets.length} as deployed`);
    },
  };
}

function shortName(id: string): string {
  return lastPart(id).split(':').at(-1) ?? id;
}
