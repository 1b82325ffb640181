import { Random } from '../random';
import type { FaultKind, LatencyStyle } from '../scenario';
import type { Container, Invocation } from './container';
import { connectionReset, requestTimedOut } from './http';
import type { Journal, Service } from './journal';
import type { VirtualTime } from './virtual-time';

/** A request to a service outside the process. */
export interface RemoteCall<Answer> {
  readonly service: Service;
  readonly operation: string;
  readonly body: string;
  /** After this time the client gives the request up. */
  readonly timeoutMilliseconds: number;
  /** What the service does; `request` is its name. */
  readonly execute: (request: string) => Answer | Promise<Answer>;
  /** What it answers where it does nothing. Throws where the caller is given an error. */
  readonly refuse: (random: Random) => Answer;
  readonly statusOf: (answer: Answer) => number | undefined;
}

/** What the network does to requests. */
export interface NetworkConditions {
  readonly seed: number;
  readonly latency: LatencyStyle;
  readonly faults: readonly FaultKind[];
  /** Probability of a fault of this request. */
  readonly faultProbability: (service: Service, container: Container) => number;
  readonly isOut: (service: Service, now: number) => boolean;
  readonly omittedFaults: ReadonlySet<string>;
}

interface Sent<Answer> {
  readonly container: Container;
  readonly invocation: Invocation;
  readonly name: string;
  readonly call: RemoteCall<Answer>;
  readonly fault: FaultKind | 'outage' | undefined;
  readonly random: Random;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** That a request is carried out though its sender died on the way. */
const survivalProbability = 0.5;

/** That a stalled request never arrives. */
const lossProbability = 0.3;

/** Carries every request of every worker to its service, one at a time, when and as far as the seed says. */
export class Network {
  constructor(
    private readonly time: VirtualTime,
    private readonly journal: Journal,
    private readonly conditions: NetworkConditions,
  ) {}

  send<Answer>(container: Container, call: RemoteCall<Answer>): Promise<Answer> {
    const { invocation } = container;
    const name = invocation.nextRequest();
    const random = new Random(this.conditions.seed, 'request', name);
    const latency = this.latencyOf(random, container);
    const fault = this.faultOf(random, name, call.service, container);
    return new Promise((resolve, reject) => {
      const sent = { container, invocation, name, call, fault, random, resolve, reject };
      this.time.after(latency, () => this.arrive(sent), undefined);
    });
  }

  private latencyOf(random: Random, container: Container): number {
    switch (this.conditions.latency) {
      case 'even':
        return random.between(4, 6);
      case 'scattered':
        return random.chance(0.1) ? random.between(100, 2_500) : random.between(1, 60);
      case 'by-container':
        return random.between(2, 6) * container.slowness;
    }
  }

  private faultOf(
    random: Random,
    name: string,
    service: Service,
    container: Container,
  ): FaultKind | 'outage' | undefined {
    const { faults, faultProbability, omittedFaults, isOut } = this.conditions;
    const isSpoiled = random.chance(faultProbability(service, container));
    const kind = random.pick(faults);
    if (isOut(service, this.time.now())) return 'outage';
    return isSpoiled && !omittedFaults.has(name) ? kind : undefined;
  }

  private async arrive<Answer>(sent: Sent<Answer>): Promise<void> {
    const { container, fault, random, call } = sent;
    if (!container.alive) {
      if (random.chance(survivalProbability)) await this.execute(sent);
      return;
    }
    switch (fault) {
      case undefined:
        return this.answer(sent, await this.execute(sent));
      case 'outage':
      case 'refused':
        this.note(sent, false, undefined);
        return this.act(sent, () => sent.resolve(call.refuse(random)));
      case 'connection-reset':
        this.note(sent, false, undefined);
        return this.act(sent, () => sent.reject(connectionReset()));
      case 'lost-answer':
        await this.execute(sent);
        return this.act(sent, () => sent.reject(connectionReset()));
      case 'kill-before':
        this.note(sent, false, undefined);
        return container.kill('killed');
      case 'kill-after':
        await this.execute(sent);
        return container.kill('killed');
      case 'stalled':
        return this.stall(sent);
    }
  }

  /** The client gives up in time; the request may still arrive, before that or after. */
  private stall<Answer>(sent: Sent<Answer>): void {
    const { call, container, random } = sent;
    if (random.chance(lossProbability)) this.note(sent, false, undefined);
    else
      this.time.after(
        random.between(0, 2.5 * call.timeoutMilliseconds),
        async () => {
          await this.execute(sent);
        },
        undefined,
      );
    this.time.after(call.timeoutMilliseconds, () => sent.reject(requestTimedOut()), container);
  }

  private async execute<Answer>(sent: Sent<Answer>): Promise<Answer> {
    const answer = await sent.call.execute(sent.name);
    this.note(sent, true, sent.call.statusOf(answer));
    return answer;
  }

  private answer<Answer>(sent: Sent<Answer>, answer: Answer): void {
    this.act(sent, () => sent.resolve(answer));
  }

  /** What the container does upon an answer is its own. */
  private act<Answer>({ container, reject }: Sent<Answer>, work: () => void): void {
    this.time.as(container, () => {
      try {
        work();
      } catch (error) {
        reject(error);
      }
    });
  }

  private note<Answer>(sent: Sent<Answer>, executed: boolean, status: number | undefined): void {
    const { container, invocation, name, call, fault } = sent;
    this.journal.add({
      kind: 'request',
      time: this.time.now(),
      container: container.name,
      invocation: invocation.name,
      name,
      service: call.service,
      operation: call.operation,
      body: call.body,
      fault,
      executed,
      status,
    });
  }
}
