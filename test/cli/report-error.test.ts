import {
  AwsFailureError,
  CancelledError,
  NotDoneError,
  OutputClosedError,
  UsageError,
} from '../../cli/errors';
import { reportError } from '../../cli/report-error';
import { NotificationInProgressError } from '../../lambda/errors';

/** The exit code and what is on stderr. */
function reported(error: unknown) {
  const lines: string[] = [];
  const write = jest
    .spyOn(process.stderr, 'write')
    .mockImplementation((text) => lines.push(String(text)) > 0);
  try {
    return { code: reportError(error), stderr: lines.join('') };
  } finally {
    write.mockRestore();
  }
}

const writeError = (code: string) => Object.assign(new Error(`write ${code}`), { code });

test.each<[string, unknown, number, string]>([
  ['a wrong use', new UsageError('--since is "x"'), 2, 'error: --since is "x"\n'],
  ['what is not done', new NotDoneError('no alert'), 1, 'error: no alert\n'],
  ['a failed call', new AwsFailureError('no stack'), 3, 'error: no stack\n'],
  ['Ctrl-C', new CancelledError('cancelled'), 130, 'error: cancelled\n'],
  ['a reader that is gone', new OutputClosedError('closed', { cause: writeError('EPIPE') }), 0, ''],
  [
    'a full disk',
    new OutputClosedError('closed', { cause: writeError('ENOSPC') }),
    1,
    'error: the output cannot be written: write ENOSPC\n',
  ],
  [
    'another error of Layerwatch',
    new NotificationInProgressError('a1', 0),
    1,
    'error: another worker is notifying alert a1; retry after its lease\n',
  ],
  [
    'a file that cannot be written',
    new Error('EACCES: permission denied'),
    2,
    'error: EACCES: permission denied\n',
  ],
  ['text that hides characters', new NotDoneError('a\u202eb\nc'), 1, 'error: a\\u{202e}b\\u{a}c\n'],
])('given %s, then it has its exit code and one sentence', (_, error, code, stderr) => {
  expect(reported(error)).toEqual({ code, stderr });
});
