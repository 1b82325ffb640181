import { Presets, SingleBar } from 'cli-progress';

/** Shorter work needs no bar. */
const quietMilliseconds = 1_000;

const bytesInMegabyte = 1_000_000;

/** A progress bar for work that takes long, on a terminal only. Other lines of the same stream go above it. */
export class Progress {
  private bar: SingleBar | undefined;
  private readonly startedAt = Date.now();

  constructor(private readonly stream: NodeJS.WriteStream) {}

  show(doneBytes: number, totalBytes: number): void {
    if (!this.stream.isTTY || totalBytes === 0 || Date.now() - this.startedAt < quietMilliseconds) return;
    this.bar ??= this.start(totalBytes);
    this.bar.update(Math.round(doneBytes / bytesInMegabyte));
  }

  print(line: string): void {
    this.stop();
    this.stream.write(`${line}\n`);
  }

  stop(): void {
    this.bar?.stop();
    this.bar = undefined;
  }

  private start(totalBytes: number): SingleBar {
    const format = 'Reading {bar} {percentage}% | {value} of {total} MB | {eta_formatted} left';
    const bar = new SingleBar(
      { stream: this.stream, format, clearOnComplete: true, hideCursor: true },
      Presets.shades_classic,
    );
    bar.start(Math.max(1, Math.round(totalBytes / bytesInMegabyte)), 0);
    return bar;
  }
}
