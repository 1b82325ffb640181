import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { itemKey } from '../../../cli/embedded/item-key';
import { openDatabase } from '../../../cli/embedded/open-database';
import { UsageError } from '../../../cli/errors';
import { startDynamoDb } from '../../harness/dynamodb';
import { closeAfterwards } from '../../harness/open-resources';
import { temporaryFolder } from '../../harness/temporary-folder';

/** The sentence by which a folder is refused. */
async function refusalOf(directory: string): Promise<string> {
  const error: unknown = await openDatabase(directory).then(
    (database) => database.close(),
    (refused: unknown) => refused,
  );
  expect(error).toBeInstanceOf(UsageError);
  return (error as UsageError).message;
}

describe('the folder of an embedded database', () => {
  let directory: string;
  beforeEach(() => {
    directory = join(temporaryFolder(), 'deep', 'state');
  });

  test('given one that is not there, then it is made', async () => {
    const database = await openDatabase(directory);
    await expect(database.close()).resolves.toBeUndefined();
  });

  test('given one that was used before, then what was written is there', async () => {
    const first = await openDatabase(directory);
    await first.change(() => ({ put: [['a', { value: 1 }]] }));
    await first.close();
    const second = await openDatabase(directory);
    closeAfterwards(() => second.close());
    expect(second.read('a')).toBe(1);
  });

  test('given one that another process uses, then it is refused', async () => {
    const first = await openDatabase(directory);
    closeAfterwards(() => first.close());
    expect(await refusalOf(directory)).toContain('is in use by another process');
  });

  test('given one of a release before, then it is refused', async () => {
    const { close } = await startDynamoDb(directory);
    await close();
    expect(await refusalOf(directory)).toContain('was written by Layerwatch 0.2 or earlier');
  });

  test('given one of a newer release, then it is refused', async () => {
    const newer = await openDatabase(directory);
    await newer.change(() => ({ put: [[itemKey('format'), { value: 99 }]] }));
    await newer.close();
    expect(await refusalOf(directory)).toContain('was written by a newer release');
  });

  test('given one that was refused, then it is as it was', async () => {
    const { close } = await startDynamoDb(directory);
    await close();
    await refusalOf(directory);
    expect(await refusalOf(directory)).toContain('was written by Layerwatch 0.2 or earlier');
  });

  test('given a file in its place, then it is refused', async () => {
    const file = join(temporaryFolder(), 'state');
    writeFileSync(file, '');
    expect(await refusalOf(file)).toMatch(/cannot be opened: .*EEXIST/);
  });
});
