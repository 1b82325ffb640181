import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, '..', '.github', 'workflows');
const actions = readdirSync(folder).flatMap((file) =>
  [...readFileSync(join(folder, file), 'utf8').matchAll(/^ *(?:- )?uses: (.+)$/gm)].map(
    ([, used = '']) => used,
  ),
);

test('given the workflows, then every action is pinned by its commit, with its version beside it', () => {
  expect(actions).not.toEqual([]);
  expect(actions.filter((used) => !/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(used))).toEqual([]);
});
