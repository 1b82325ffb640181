/** What has to be undone, last first. One that fails does not keep the others from being undone. */
export class Cleanup {
  private readonly steps: (readonly [string, () => Promise<unknown>])[] = [];

  add(what: string, undo: () => Promise<unknown>): void {
    this.steps.push([what, undo]);
  }

  /** Answers with what could not be undone. */
  async run(): Promise<readonly string[]> {
    const left: string[] = [];
    for (const [what, undo] of this.steps.splice(0).reverse())
      await undo().catch((error: unknown) => void left.push(`${what}: ${String(error)}`));
    return left;
  }
}
