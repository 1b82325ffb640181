import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDbSeedProgress, DynamoDbSweepProgress } from '../../../../lambda/aws/dynamodb-progress';
import { sweptEventNames } from '../../../../lambda/detection/swept-event-names';
import { type Check, failed, ok, warning } from '../check';

/** Three sweeps, as the alarm counts them. */
const maxSweepAgeMinutes = 30;
/** A pass over all functions begins once a day and takes hours in a large account. */
const maxBaselineAgeHours = 30;

const readLog = 'read the log of the sweeper function and check that its schedule is enabled';

/** The sweep reads the event history and the layers of the functions. */
export const sweepChecks: readonly Check[] = [
  {
    name: 'last sweep',
    async run(stack) {
      const table = stack.physicalId('AWS::DynamoDB::Table', 'TablesState');
      const marks = await new DynamoDbSweepProgress(new DynamoDBClient({}), table).read(sweptEventNames);
      const [covered] = [...marks.values()].map(({ coveredUntil }) => coveredUntil).sort();
      if (covered === undefined)
        return failed('no sweep has finished yet', `wait ten minutes after a deployment, then ${readLog}`);
      const missing = sweptEventNames.filter((name) => !marks.has(name));
      if (missing.length > 0)
        return failed(`the event history of ${missing.join(', ')} was not read yet`, readLog);
      const minutes = Math.round((Date.now() - Date.parse(covered)) / 60_000);
      if (minutes > maxSweepAgeMinutes) return failed(`${minutes} minutes ago, at ${covered}`, readLog);
      return ok(`${Math.max(0, minutes)} minutes ago`);
    },
  },
  {
    name: 'baselines',
    async run(stack) {
      const table = stack.physicalId('AWS::DynamoDB::Table', 'TablesState');
      const progress = await new DynamoDbSeedProgress(new DynamoDBClient({}), table).read();
      if (progress?.completedAt === undefined)
        return warning(
          'not all functions were read yet, so the first change of each is before-unknown',
          'wait for the first sweeps after a deployment',
        );
      const hours = Math.round((Date.now() - Date.parse(progress.completedAt)) / 3_600_000);
      if (hours > maxBaselineAgeHours)
        return failed(`the functions were last read ${hours} hours ago`, readLog);
      return ok(`all functions read ${Math.max(0, hours)} hours ago`);
    },
  },
];
