/** Where stderr is no terminal, one line in this time. */
const quietMilliseconds = 30_000;

/** One line that is overwritten on a terminal, and repeated from time to time elsewhere. */
export class WaitingLine {
  private writtenAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly stream: NodeJS.WriteStream) {}

  show(waitedMilliseconds: number, what: string): void {
    const line = `waiting for the ${what}, ${Math.round(waitedMilliseconds / 1_000)} s; CloudTrail's delivery may take minutes`;
    if (this.stream.isTTY) this.stream.write(`\r${line}\u001b[K`);
    else if (waitedMilliseconds - this.writtenAt >= quietMilliseconds) this.stream.write(`${line}\n`);
    else return;
    this.writtenAt = waitedMilliseconds;
  }

  end(): void {
    if (this.stream.isTTY && this.writtenAt >= 0) this.stream.write('\r\u001b[K');
  }
}
