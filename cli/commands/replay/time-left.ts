/** Older measurements say little of the speed now; with fewer seconds, one slow file would change the answer. */
const windowMilliseconds = 30_000;

/** Measurements closer together than this add nothing. */
const measureEveryMilliseconds = 250;

interface Measurement {
  readonly atMilliseconds: number;
  readonly done: number;
}

/** Estimates how long the rest of some work takes, from what was done in the last half minute. */
export class TimeLeft {
  private readonly measurements: Measurement[] = [];

  add(atMilliseconds: number, done: number): void {
    const last = this.measurements.at(-1);
    if (last !== undefined && atMilliseconds - last.atMilliseconds < measureEveryMilliseconds) return;
    this.measurements.push({ atMilliseconds, done });
    while ((this.measurements[1]?.atMilliseconds ?? atMilliseconds) <= atMilliseconds - windowMilliseconds)
      this.measurements.shift();
  }

  /** Units done in a second; 0 where that is not known yet. */
  get perSecond(): number {
    const [first, last] = [this.measurements[0], this.measurements.at(-1)];
    if (first === undefined || last === undefined || last.atMilliseconds === first.atMilliseconds) return 0;
    return ((last.done - first.done) * 1_000) / (last.atMilliseconds - first.atMilliseconds);
  }

  /** Seconds until `total` is done; `undefined` where nothing was done yet. */
  secondsUntil(total: number): number | undefined {
    const done = this.measurements.at(-1)?.done ?? 0;
    return this.perSecond > 0 ? (total - done) / this.perSecond : undefined;
  }
}
