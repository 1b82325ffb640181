import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writing more often would cost more than reading some objects again. */
const writeEveryMilliseconds = 1_000;

/**
 * How far a replay from S3 has come, in the folder of its state. Objects after it may have been read as well: to read one again
 * changes nothing, because each record is counted once.
 */
export class Position {
  private readonly file: string | undefined;
  private writtenAt = 0;
  private latest: string | undefined;

  constructor(
    directory: string | undefined,
    /** What is read, with its filters; the position of another reading is none of ours. */
    private readonly reading: string,
  ) {
    this.file = directory === undefined ? undefined : join(directory, 's3-position.json');
  }

  /** Key of the last object that was read, `undefined` at the beginning. */
  read(): string | undefined {
    if (this.file === undefined) return undefined;
    try {
      const { reading, after } = JSON.parse(readFileSync(this.file, 'utf8')) as Record<string, unknown>;
      return reading === this.reading && typeof after === 'string' ? after : undefined;
    } catch {
      // None yet, or cut off by a crash: the beginning is right then too.
      return undefined;
    }
  }

  finished(key: string, now: number): void {
    this.latest = key;
    if (now - this.writtenAt >= writeEveryMilliseconds) this.write(now);
  }

  /** Notes the last object, at the end or when the reading is given up. */
  end(): void {
    if (this.latest !== undefined) this.write(Date.now());
  }

  private write(now: number): void {
    if (this.file === undefined) return;
    mkdirSync(join(this.file, '..'), { recursive: true });
    writeFileSync(`${this.file}.part`, JSON.stringify({ reading: this.reading, after: this.latest }));
    renameSync(`${this.file}.part`, this.file);
    this.writtenAt = now;
  }
}
