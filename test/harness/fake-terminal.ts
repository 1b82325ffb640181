import { Writable } from 'node:stream';

/** A terminal that keeps what is written to it. */
export class FakeTerminal extends Writable {
  readonly isTTY = true;
  readonly columns = 200;
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }

  clearLine(): void {}
  cursorTo(): void {}
  moveCursor(): void {}
}
