import { logNameEndings } from '../../../lambda/logs/find-files';
import type { SkippedFiles } from '../../../lambda/logs/read-logs';
import { escapeForDisplay } from '../../../lambda/text/untrusted-text';

/** Names the files of folders that were not read because of their names. */
export function describeSkipped({ count, examples }: SkippedFiles): string {
  const files = count === 1 ? '1 file was' : `${count} files were`;
  const names = examples.map((name) => escapeForDisplay(name)).join(', ');
  return `${files} not read because of the name: ${names}${count > examples.length ? ', ...' : ''}; of a folder, ${logNameEndings.join(', ')} are read; give a file by its path to read it`;
}
