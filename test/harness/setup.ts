/* Run by Jest before each test file, so that its hooks are around those of the file. */
import { closeScope, enterScope } from './open-resources';

beforeEach(() => enterScope('test'));

afterEach(async () => {
  enterScope('file');
  await closeScope('test');
});

afterAll(() => closeScope('file'));
