import { errorMessage } from '../text/format';

/** What the codes of files and compressed data mean to a person. */
const words: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'there is no such file or folder'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['ENOTDIR', 'a part of the path is no folder'],
  ['ELOOP', 'the link leads to itself'],
  ['EMFILE', 'too many files are open'],
  ['EIO', 'the device cannot read it'],
  ['Z_BUF_ERROR', 'the gzip data ends before its end; what was before has been read'],
  ['Z_DATA_ERROR', 'the gzip data is damaged; what was before has been read'],
]);

/** A reason for people; what the system said where we have no better words. */
export function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return words.get(code ?? '') ?? errorMessage(error);
}
