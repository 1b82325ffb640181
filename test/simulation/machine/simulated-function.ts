import { Random } from '../random';
import { Container, Invocation, type InvocationEnd } from './container';
import type { Journal } from './journal';
import type { VirtualTime } from './virtual-time';

/** Runs in one container; rejects where the invocation fails. */
export type Handler<Event> = (event: Event, remainingMilliseconds: () => number) => Promise<unknown>;

export interface FunctionProps<Event> {
  readonly name: string;
  readonly seed: number;
  readonly timeoutMilliseconds: number;
  readonly maxSkewMilliseconds: number;
  /** What a new process of the function builds of itself. */
  readonly initialize: (container: Container) => Handler<Event>;
}

/** A Lambda function: a process for each invocation at a time, kept warm for the next one, ended at its timeout. */
export class SimulatedFunction<Event> {
  private readonly idle: { readonly container: Container; readonly handler: Handler<Event> }[] = [];
  private started = 0;

  constructor(
    private readonly props: FunctionProps<Event>,
    private readonly time: VirtualTime,
    private readonly journal: Journal,
  ) {}

  invoke(name: string, event: Event, onEnd: (end: InvocationEnd, error: unknown) => void): void {
    const { container, handler } = this.idle.pop() ?? this.start();
    const { timeoutMilliseconds } = this.props;
    const endsAt = this.time.now() + timeoutMilliseconds;
    const invocation = new Invocation(name, this.time.now(), (end, error) => {
      if (container.alive) this.idle.push({ container, handler });
      this.journal.note(this.time.now(), `${name} ${end}${error === undefined ? '' : `: ${String(error)}`}`);
      onEnd(end, error);
    });
    container.begin(invocation);
    this.time.after(
      0,
      () => {
        handler(event, () => endsAt - this.time.now()).then(
          () => invocation.finish('succeeded'),
          (error: unknown) => invocation.finish('failed', error),
        );
      },
      container,
    );
    this.time.at(endsAt, () => {
      if (invocation.end === undefined) container.kill('timed-out');
    });
  }

  private start(): { readonly container: Container; readonly handler: Handler<Event> } {
    const { name, seed, maxSkewMilliseconds, initialize } = this.props;
    const random = new Random(seed, 'container', name, ++this.started);
    const skew = Math.round(random.between(-maxSkewMilliseconds, maxSkewMilliseconds));
    const container = new Container(`${name}-${this.started}`, skew, random.pick([1, 1, 10, 100]));
    return { container, handler: initialize(container) };
  }
}
