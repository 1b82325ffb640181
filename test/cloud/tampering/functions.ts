import {
  AddPermissionCommand,
  DeleteFunctionConcurrencyCommand,
  DeleteFunctionEventInvokeConfigCommand,
  GetFunctionEventInvokeConfigCommand,
  type GetFunctionEventInvokeConfigCommandOutput,
  LambdaClient,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
  RemovePermissionCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import type { OwnResources, Tampering } from './tampering';

const lambda = new LambdaClient({});
const StatementId = 'story';
/** What a stack's configuration of asynchronous invocation is of. */
const Qualifier = '$LATEST';
let invokeConfig: GetFunctionEventInvokeConfigCommandOutput | undefined;

async function addAndRemovePermission({ sweeper }: OwnResources): Promise<void> {
  const Action = 'lambda:InvokeFunction';
  const Principal = 'events.amazonaws.com';
  await lambda.send(new AddPermissionCommand({ FunctionName: sweeper, StatementId, Action, Principal }));
  await lambda.send(new RemovePermissionCommand({ FunctionName: sweeper, StatementId }));
}

async function putInvokeConfigAgain({ detector }: OwnResources): Promise<void> {
  invokeConfig = await lambda.send(
    new GetFunctionEventInvokeConfigCommand({ FunctionName: detector, Qualifier }),
  );
  await putInvokeConfig(detector);
}

function putInvokeConfig(FunctionName: string) {
  const { MaximumRetryAttempts, MaximumEventAgeInSeconds, DestinationConfig } = invokeConfig ?? {};
  return lambda.send(
    new PutFunctionEventInvokeConfigCommand({
      FunctionName,
      Qualifier,
      MaximumRetryAttempts,
      MaximumEventAgeInSeconds,
      DestinationConfig,
    }),
  );
}

async function untilUpdated(FunctionName: string): Promise<void> {
  await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 60 }, { FunctionName });
}

export const functionTamperings: readonly Tampering[] = [
  {
    action: 'UpdateFunctionConfiguration',
    attack: async ({ sweeper }) => {
      await untilUpdated(sweeper);
      await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: sweeper, Timeout: 539 }));
    },
    repair: async ({ sweeper }) => {
      await untilUpdated(sweeper);
      await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: sweeper, Timeout: 540 }));
    },
  },
  {
    action: 'UpdateFunctionCode',
    // A dry run, so that the code stays; CloudTrail writes the call all the same.
    attack: async ({ sweeper }) => {
      await untilUpdated(sweeper);
      await lambda.send(
        new UpdateFunctionCodeCommand({ FunctionName: sweeper, DryRun: true, ZipFile: emptyArchive }),
      );
    },
  },
  {
    action: 'PutFunctionConcurrency',
    attack: ({ sweeper }) =>
      lambda.send(
        new PutFunctionConcurrencyCommand({ FunctionName: sweeper, ReservedConcurrentExecutions: 0 }),
      ),
    repair: ({ sweeper }) => lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName: sweeper })),
  },
  { action: 'RemovePermission', attack: addAndRemovePermission },
  { action: 'PutFunctionEventInvokeConfig', attack: putInvokeConfigAgain },
  {
    action: 'DeleteFunctionEventInvokeConfig',
    attack: ({ detector }) =>
      lambda.send(new DeleteFunctionEventInvokeConfigCommand({ FunctionName: detector, Qualifier })),
    repair: ({ detector }) => putInvokeConfig(detector),
  },
];

/** The end of a zip archive, which is all that an empty one has. */
const emptyArchive = Uint8Array.from([0x50, 0x4b, 5, 6, ...new Array<number>(18).fill(0)]);
