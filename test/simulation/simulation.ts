import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { FindingDocument } from '../../lambda/detection/finding-document';
import type { Evidence, Listing, Message } from './evidence';
import { Handling } from './handling';
import { AsynchronousEvents } from './machine/asynchronous-events';
import { dynamoDbClient } from './machine/clients';
import type { Container, InvocationEnd } from './machine/container';
import { InProcessDynamoDb } from './machine/in-process-dynamodb';
import { Journal, type Service } from './machine/journal';
import { ModelledSns, type SnsMessage } from './machine/modelled-sns';
import { Network } from './machine/network';
import { SimulatedFunction } from './machine/simulated-function';
import { createSimulatedTables } from './machine/tables';
import { VirtualTime } from './machine/virtual-time';
import { environmentOf, type World } from './machine/worker-environment';
import {
  detectorOf,
  detectorTimeoutMilliseconds,
  type ExportAnswer,
  sweeperOf,
  sweeperTimeoutMilliseconds,
} from './product';
import { type AlertState, alertStateOf, publishedOf, readState } from './product-state';
import { Random } from './random';
import type { Restriction, Scenario } from './scenario';
import { isExportRefused } from './truth';
import { scheduleDeliveries } from './world/deliveries';
import { ModelledEventHistory } from './world/event-history';
import { ModelledFunctionList } from './world/function-list';

const minute = 60_000;

/** How long the calm lasts: what was left undone is done by redrives and sweeps. */
const calmMilliseconds = 45 * minute;

/** A sweep makes many requests, few of them publishes; as many faults as a detector's would let none finish. */
const sweepFaultFraction = 1 / 8;

/** All machines of one seed, and what is noted of them. */
export class Simulation implements World {
  readonly journal = new Journal();
  readonly database = new InProcessDynamoDb();
  readonly sns = new ModelledSns();
  readonly network: Network;
  readonly listings: Listing[] = [];
  private readonly reader: DynamoDBClient;
  private readonly detector: SimulatedFunction<unknown>;
  private readonly sweeper: SimulatedFunction<number>;
  private readonly events: AsynchronousEvents;
  private readonly messages: Message[] = [];
  private readonly exported: AlertState[] = [];
  private readonly handling = new Handling();
  /** By sweep: what notes the end of its work on each record. */
  private readonly openEnds = new Map<string, readonly ReturnType<Handling['begin']>[]>();
  private readonly listedAlerts = new Map<string, readonly AlertState[]>();
  private readonly finishedSweeps = new Set<string>();
  private lastSweep: { readonly end: InvocationEnd; readonly error: unknown } | undefined;

  private constructor(
    readonly time: VirtualTime,
    private readonly scenario: Scenario,
    { omittedFaults = new Set() }: Restriction,
  ) {
    const { seed, latency, faults, topicOutage } = scenario;
    this.reader = dynamoDbClient(1, (request) => this.database.execute(request));
    this.network = new Network(time, this.journal, {
      seed,
      latency,
      faults,
      faultProbability: (service, container) => this.faultProbability(service, container),
      isOut: (service, now) =>
        service === 'SNS' && topicOutage !== undefined && now >= topicOutage.from && now < topicOutage.to,
      omittedFaults,
    });
    const common = { seed, maxSkewMilliseconds: scenario.maxSkewMilliseconds };
    this.detector = new SimulatedFunction(
      {
        ...common,
        name: 'detector',
        timeoutMilliseconds: detectorTimeoutMilliseconds,
        initialize: (container) => detectorOf(environmentOf(container, this), scenario),
      },
      time,
      this.journal,
    );
    this.sweeper = new SimulatedFunction(
      {
        ...common,
        name: 'sweeper',
        timeoutMilliseconds: sweeperTimeoutMilliseconds,
        initialize: (container) => this.initializeSweeper(container),
      },
      time,
      this.journal,
    );
    this.events = new AsynchronousEvents(seed, this.detector, time, this.handling);
  }

  static async prepare(scenario: Scenario, restriction: Restriction): Promise<Simulation> {
    const simulation = new Simulation(new VirtualTime(startOf(scenario)), scenario, restriction);
    await createSimulatedTables(simulation.reader, new Date(scenario.deployedAt));
    return simulation;
  }

  async run(): Promise<void> {
    const { scenario, time, events } = this;
    scheduleDeliveries(scenario, time, events);
    const end = scenario.calmAt + calmMilliseconds;
    for (let at = scenario.firstSweepAt, count = 1; at <= end; at += 10 * minute, count++)
      this.scheduleSweep(at, count);
    for (const [index, at] of [5, 25].entries())
      time.at(scenario.calmAt + at * minute, () => events.redrive(index + 1));
    await time.runAll();
  }

  async evidence(): Promise<Omit<Evidence, 'inOrder'>> {
    const { scenario, journal, messages, exported, handling, listings, lastSweep } = this;
    const state = await readState(this.reader, { now: () => new Date(this.time.now()) });
    return {
      scenario,
      journal,
      messages,
      exported,
      state,
      handled: handling.handled,
      listings,
      areListingsCertain: listings.every(({ sweep }) => this.finishedSweeps.has(sweep)),
      stuck: this.events.failed,
      lastSweepError:
        lastSweep?.end === 'succeeded' ? undefined : String(lastSweep?.error ?? lastSweep?.end ?? 'no sweep'),
    };
  }

  isRefused(message: SnsMessage): boolean {
    const content = publishedOf(message);
    const { refusedFunction } = this.scenario;
    if (refusedFunction === undefined || content.kind !== 'alert') return false;
    return content.state.target.endsWith(`:function:${refusedFunction}`);
  }

  onPublished(message: SnsMessage, request: string, container: Container): void {
    const content = publishedOf(message);
    const listed = this.listedAlerts.get(container.name) ?? [];
    const ids = new Set(content.kind === 'digest' ? content.alertIds : []);
    this.messages.push({
      time: this.time.now(),
      senderTime: this.time.now() + container.skewMilliseconds,
      request,
      invocation: container.invocation.name,
      content,
      digested: listed.filter(({ alertId }) => ids.has(alertId)),
    });
  }

  /** A digest can only name what its sender had listed. */
  async onQuery(body: string, container: Container): Promise<void> {
    if ((JSON.parse(body) as { readonly Count?: number }).Count === 0) return;
    const { alerts } = await readState(this.reader, { now: () => new Date(this.time.now()) });
    this.listedAlerts.set(container.name, alerts);
  }

  onExport(documents: readonly FindingDocument[], request: string): ExportAnswer {
    const { seed, calmAt, exportFailureProbability, refusedExport } = this.scenario;
    const random = new Random(seed, 'export', request);
    if (random.chance(exportFailureProbability) && this.time.now() < calmAt)
      return random.pick(['away', 'throttled']);
    const states = documents.map(alertStateOf);
    const taken = states.map((state) => !isExportRefused(state, this.scenario));
    if (refusedExport?.refuses === 'call' && taken.includes(false)) return 'call-refused';
    this.exported.push(...states.filter((_, index) => taken[index]));
    return taken;
  }

  private faultProbability(service: Service, { name }: Container): number {
    const { faultProbability, calmAt } = this.scenario;
    if (this.time.now() >= calmAt) return 0;
    const isOneOfMany = name.startsWith('sweeper') && service !== 'SNS';
    return isOneOfMany ? faultProbability * sweepFaultFraction : faultProbability;
  }

  private scheduleSweep(at: number, count: number): void {
    const isTwice = at < this.scenario.calmAt && new Random(this.scenario.seed, 'twice', count).chance(0.03);
    for (const name of isTwice ? [`sweep ${count}`, `sweep ${count} again`] : [`sweep ${count}`])
      this.time.at(at, () =>
        this.sweeper.invoke(name, count, (end, error) => {
          this.lastSweep = { end, error };
          if (end === 'succeeded') this.finishedSweeps.add(name);
          for (const noteEnd of this.openEnds.get(name) ?? []) noteEnd(this.time.now(), end === 'succeeded');
        }),
      );
  }

  private initializeSweeper(container: Container) {
    const { scenario, time, network } = this;
    const { seed, calls, initialLayers, listing } = scenario;
    const history = new ModelledEventHistory(seed, calls);
    const functions = new ModelledFunctionList(seed, calls, initialLayers);
    const port = { timeoutMilliseconds: 10_000, refuse: throwThrottled, statusOf: () => 200 };
    const sweep = sweeperOf(
      {
        ...environmentOf(container, this),
        pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
        isListingDue: () => isListingDue(listing, new Random(seed, 'listing', container.invocation.name)),
        lookUp: async (question) => {
          const { name: sweepName } = container.invocation;
          const page = await network.send(container, {
            ...port,
            service: 'CloudTrail',
            operation: 'LookupEvents',
            body: question.eventName,
            execute: () => history.lookUp(question, time.now()),
          });
          const ends = page.calls.map(({ id }) => this.handling.begin(id, time.now()));
          this.openEnds.set(sweepName, [...(this.openEnds.get(sweepName) ?? []), ...ends]);
          return page;
        },
        listFunctions: (marker) =>
          network.send(container, {
            ...port,
            service: 'Lambda',
            operation: 'ListFunctions',
            body: marker ?? '',
            execute: () => {
              const page = functions.page(marker, time.now());
              this.listings.push({ time: time.now(), sweep: container.invocation.name, page });
              return page;
            },
          }),
      },
      scenario,
    );
    return (_: number, remainingMilliseconds: () => number) => sweep(remainingMilliseconds);
  }
}

function isListingDue(listing: Scenario['listing'], random: Random): boolean | undefined {
  switch (listing) {
    case 'never':
      return false;
    case 'first':
      return undefined;
    case 'often':
      return random.chance(0.4);
  }
}

function startOf({ deployedAt, calls }: Scenario): number {
  return Math.min(deployedAt, calls[0]?.time ?? deployedAt) - minute;
}

function throwThrottled(): never {
  throw Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' });
}
