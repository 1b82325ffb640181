import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type JavaProject = 'dynamodb-local' | 'event-ruler' | 'opensearch';

export const javaProjectFolder = (project: JavaProject): string => join(__dirname, 'java', project);

/** Resolves a project's dependencies and answers with the class path, entry by entry. */
export function classPathOf(project: JavaProject): readonly string[] {
  const folder = javaProjectFolder(project);
  const file = join(folder, 'target', 'classpath.txt');
  mkdirSync(join(folder, 'target'), { recursive: true });
  execFileSync('mvn', ['-B', '-q', 'dependency:build-classpath', `-Dmdep.outputFile=${file}`], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return readFileSync(file, 'utf8').trim().split(':');
}
