import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { LayerwatchError } from '../../lambda/errors';
import { installPython } from '../python/install';

const requirements = join(__dirname, 'requirements.txt');

/** Standards whose schemas are published as Python packages. */
export type PublishedStandard = 'ocsf' | 'asff';

/** The published schemas cannot be applied. */
class StandardsError extends LayerwatchError {
  override readonly name = 'StandardsError';
  readonly code = 'Standards';
}

/** The pinned version of a package of `requirements.txt`. */
export function pinnedVersion(name: string): string {
  const line = readFileSync(requirements, 'utf8')
    .split('\n')
    .find((each) => each.startsWith(`${name}==`));
  if (line === undefined) throw new StandardsError(`${name} is not pinned in ${requirements}`);
  return line.slice(name.length + 2);
}

/**
 * The problems of each document by the published schema, in the order of the documents. Installs the schemas on first use.
 *
 * @throws {PythonError} where they cannot be installed
 * @throws {StandardsError} where the validator ends before its last answer
 */
export async function problemsOfPublished(
  standard: PublishedStandard,
  documents: readonly unknown[],
): Promise<readonly (readonly string[])[]> {
  const python = await installPython({ name: 'standards', requirements });
  const child = spawn(python, [join(__dirname, 'validate.py')], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('close', resolve));
  // A validator that has ended early is reported below.
  child.stdin.on('error', () => undefined);
  child.stdin.end(documents.map((document) => `${JSON.stringify({ standard, document })}\n`).join(''));
  const answers: (readonly string[])[] = [];
  for await (const line of createInterface({ input: child.stdout }))
    answers.push(JSON.parse(line) as readonly string[]);
  await ended;
  if (answers.length !== documents.length)
    throw new StandardsError(
      `the validator of ${standard} answered ${answers.length} times for ${documents.length} documents`,
    );
  return answers;
}
