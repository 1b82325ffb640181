import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../harness/temporary-folder';
import { classPathOf, javaProjectFolder } from './java';

/** Asks Amazon's own engine which of the events a pattern selects. */
export function selectedByEventRuler(pattern: unknown, envelopes: readonly unknown[]): readonly boolean[] {
  const file = join(temporaryFolder(), 'pattern.json');
  writeFileSync(file, JSON.stringify(pattern));
  const answers = execFileSync(
    'java',
    [
      '-classpath',
      classPathOf('event-ruler').join(':'),
      join(javaProjectFolder('event-ruler'), 'MatchEvents.java'),
      file,
    ],
    {
      input: envelopes.map((each) => JSON.stringify(each)).join('\n'),
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'ignore'],
    },
  );
  return answers
    .trim()
    .split('\n')
    .map((answer) => answer === 'selected');
}
