interface Entry<T> {
  readonly time: number;
  readonly order: number;
  readonly value: T;
}

/** A binary heap by time; what was added first comes first among equals. */
export class EventQueue<T> {
  private readonly heap: Entry<T>[] = [];
  private added = 0;

  add(time: number, value: T): void {
    this.heap.push({ time, order: this.added++, value });
    let index = this.heap.length - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.swapIfEarlier(index, parent)) return;
      index = parent;
    }
  }

  take(): { readonly time: number; readonly value: T } | undefined {
    const first = this.heap[0];
    const last = this.heap.pop();
    if (first === undefined || last === undefined || this.heap.length === 0) return first;
    this.heap[0] = last;
    this.sink(0);
    return first;
  }

  private sink(from: number): void {
    let index = from;
    for (;;) {
      const left = 2 * index + 1;
      const earlier = this.isEarlier(left + 1, left) ? left + 1 : left;
      if (!this.swapIfEarlier(earlier, index)) return;
      index = earlier;
    }
  }

  private swapIfEarlier(index: number, other: number): boolean {
    if (!this.isEarlier(index, other)) return false;
    const [a, b] = [this.heap[index], this.heap[other]];
    if (a === undefined || b === undefined) return false;
    this.heap[index] = b;
    this.heap[other] = a;
    return true;
  }

  private isEarlier(index: number, other: number): boolean {
    const [a, b] = [this.heap[index], this.heap[other]];
    if (a === undefined || b === undefined) return false;
    return a.time < b.time || (a.time === b.time && a.order < b.order);
  }
}
