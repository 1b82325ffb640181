import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writing more often would cost more than to read some objects again. */
const writeEveryMilliseconds = 1_000;

/**
 * The position of a replay from S3, kept in the folder of its state. Objects after it may have been read too. Reading one again
 * changes nothing, because each record is counted once.
 */
export class Position {
  private readonly file: string | undefined;
  private writtenAt = 0;
  private latest: string | undefined;

  constructor(
    directory: string | undefined,
    /** The address and the filters; the position of another reading is ignored. */
    private readonly reading: string,
  ) {
    this.file = directory === undefined ? undefined : join(directory, 's3-position.json');
  }

  /** The key of the last object that was read, `undefined` at the beginning. */
  read(): string | undefined {
    if (this.file === undefined) return undefined;
    try {
      const { reading, after } = JSON.parse(readFileSync(this.file, 'utf8')) as Record<string, unknown>;
      return reading === this.reading && typeof after === 'string' ? after : undefined;
    } catch {
      // None yet, or damaged by a crash: then it starts at the beginning.
      return undefined;
    }
  }

  finished(key: string, now: number): void {
    this.latest = key;
    if (now - this.writtenAt >= writeEveryMilliseconds) this.write(now);
  }

  /** Writes the last object, at the end or when the reading is given up. */
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
