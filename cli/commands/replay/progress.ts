import { Presets, SingleBar } from 'cli-progress';
import type { ReadProgress } from '../../../lambda/logs/read-logs';
import { TimeLeft } from './time-left';

/** Shorter work needs no bar. */
const quietMilliseconds = 1_000;

const format = 'Replayed {bar} {percentage}% | {files} files, {records} records | {rate} MB/s | {left} left';

/**
 * A progress bar for work that takes long, on a terminal only; other lines of the same stream go above it. It shows what is
 * done: records that went through the pipeline, files of which nothing is left.
 */
export class Progress {
  private bar: SingleBar | undefined;
  private readonly startedAt: number;
  private readonly timeLeft = new TimeLeft();

  constructor(
    private readonly stream: NodeJS.WriteStream,
    private readonly now: () => number = Date.now,
  ) {
    this.startedAt = now();
  }

  show(progress: ReadProgress): void {
    const { bytes, totalBytes } = progress;
    if (!this.stream.isTTY || totalBytes === 0) return;
    const now = this.now();
    this.timeLeft.add(now, bytes);
    if (now - this.startedAt < quietMilliseconds) return;
    const payload = this.payloadOf(progress);
    this.bar ??= this.start(totalBytes, payload);
    this.bar.update(bytes, payload);
  }

  print(line: string): void {
    this.stop();
    this.stream.write(`${line}\n`);
  }

  stop(): void {
    this.bar?.stop();
    this.bar = undefined;
  }

  private payloadOf({ files, totalFiles, records, totalBytes }: ReadProgress): Record<string, string> {
    return {
      // Objects in S3 are listed while they are read.
      files: files <= totalFiles ? `${files} of ${totalFiles}` : String(files),
      records: records.toLocaleString('en'),
      rate: (this.timeLeft.perSecond / 1e6).toFixed(1),
      left: formatSeconds(this.timeLeft.secondsUntil(totalBytes)),
    };
  }

  private start(totalBytes: number, payload: Record<string, string>): SingleBar {
    const bar = new SingleBar(
      { stream: this.stream, format, clearOnComplete: true, hideCursor: true },
      Presets.shades_classic,
    );
    bar.start(totalBytes, 0, payload);
    return bar;
  }
}

function formatSeconds(seconds: number | undefined): string {
  if (seconds === undefined) return 'unknown time';
  if (seconds < 100) return `${Math.ceil(seconds)} s`;
  return seconds < 6_000 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3_600).toFixed(1)} h`;
}
