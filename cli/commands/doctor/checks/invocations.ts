import { GetEventSourceMappingCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { functionsSelfCheck } from '../../../../lambda/aws/self-checks/self-checks';
import type { DeployedStack } from '../../../aws/stack';
import { type Check, failed, noTrailBucket, ok, redeploy, skipped } from '../check';
import { placeOf } from '../template/values';

/** The functions may run, their rules may invoke them, and what the detector fails on is kept. */
export const invocationChecks: readonly Check[] = [
  {
    name: 'invocation of the functions',
    async run(stack) {
      const facts = { stackName: stack.name, topicArns: [], ...placeOf(stack) };
      const problems = await functionsSelfCheck(
        new LambdaClient({}),
        async () => stack.resources,
        facts,
      ).problems();
      return problems.length > 0
        ? failed(problems.join('; '), redeploy)
        : ok('concurrency, permissions, retries and failure destination as deployed');
    },
  },
  { name: 'messages of the log reader', run: checkMapping },
];

async function checkMapping(stack: DeployedStack) {
  const UUID = stack.findPhysicalId('AWS::Lambda::EventSourceMapping', 'LogReader');
  if (UUID === undefined) return skipped(noTrailBucket);
  const { State } = await new LambdaClient({}).send(new GetEventSourceMappingCommand({ UUID }));
  // Other states: creating, enabling, updating, disabling, disabled, deleting (GetEventSourceMapping).
  if (State === 'Enabled' || State === 'Updating' || State === 'Enabling') return ok(`mapping is ${State}`);
  return failed(
    `the mapping of the queue TrailObjects is ${State}`,
    `aws lambda update-event-source-mapping --uuid ${UUID} --enabled`,
  );
}
