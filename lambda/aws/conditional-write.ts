import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';

/** A failed condition is an answer: another writer was first. Every other error is the caller's. */
export async function conditionalWrite(write: Promise<unknown>): Promise<'written' | 'conflict'> {
  try {
    await write;
    return 'written';
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return 'conflict';
    throw error;
  }
}
