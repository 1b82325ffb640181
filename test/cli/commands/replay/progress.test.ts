import { Progress } from '../../../../cli/commands/replay/progress';
import { type ReadProgress, readLogs } from '../../../../lambda/logs/read-logs';
import { FakeTerminal } from '../../../harness/fake-terminal';
import { fileOf, match, other } from '../../../logs/logs';

/** Reads files whose records take a tenth of a second each, by a clock that is moved by hand. */
async function replayWith(onProgress: (progress: ReadProgress, now: number) => void): Promise<void> {
  let now = 0;
  const files = [200, 100, 300].map((count) =>
    fileOf(JSON.stringify({ Records: Array.from({ length: count }, (_, index) => match(`${index}`)) })),
  );
  const logs = readLogs([...files, fileOf(JSON.stringify([other('x')]))], {
    eventNamePrefixes: ['UpdateFunctionConfiguration'],
    onProblem: () => undefined,
    onProgress: (progress) => onProgress(progress, now),
  });
  for await (const _ of logs.candidates) now += 100;
}

describe('progress', () => {
  test('given records that take long, then what is done grows with them, and not with what is read ahead', async () => {
    const seen: { readonly share: number; readonly now: number }[] = [];
    await replayWith(({ bytes, totalBytes }, now) => seen.push({ share: bytes / totalBytes, now }));
    // 600 records of a tenth of a second each.
    const wrong = seen.filter(({ share, now }) => Math.abs(share - now / 60_000) > 0.01);
    expect(seen.length).toBeGreaterThan(600);
    expect(wrong).toEqual([]);
  });

  test('given a terminal, then the bar shows files, records, speed and time left', async () => {
    const terminal = new FakeTerminal();
    let clock = 0;
    const progress = new Progress(terminal as unknown as NodeJS.WriteStream, () => clock);
    await replayWith((each, now) => {
      clock = now;
      progress.show(each);
    });
    progress.stop();
    expect(terminal.text).toMatch(/\d+% \| \d of 4 files, \d+ records \| \d+\.\d MB\/s \| \d+ s left/);
  });
});
