import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** The inputs of the commands that a client sends from now on; the commands are sent as they are. */
export function recordedInputs(client: DynamoDBClient): readonly object[] {
  const inputs: object[] = [];
  client.middlewareStack.add(
    (next) => async (request) => {
      inputs.push(request.input);
      return next(request);
    },
    { step: 'initialize' },
  );
  return inputs;
}
