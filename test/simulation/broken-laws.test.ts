import { readFileSync } from 'node:fs';
import { brokenLaws } from './broken-laws';

test.each(brokenLaws)(
  'given the change "$name", then its place is in the code once',
  ({ file, original }) => {
    expect(readFileSync(file, 'utf8').split(original)).toHaveLength(2);
  },
);
