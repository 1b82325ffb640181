import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CountryDatabase } from '../../lambda/aws/country-database';
import { memorySteps, recordSteps } from '../../lambda/context/steps';
import { stackName } from '../../lambda/contract';
import type { DetectionSettings } from '../../lambda/detection/settings';
import { NotificationInProgressError } from '../../lambda/errors';
import { systemClock } from '../../lambda/handlers/environment';
import type { PipelineDependencies, PipelineOptions } from '../../lambda/pipeline/dependencies';
import { type Outcome, processRecord } from '../../lambda/pipeline/process-record';
import type { AlertStore, Observer, StateStore } from '../../lambda/ports';
import { LevelAlertStore } from './level-alert-store';
import type { LevelDatabase } from './level-database';
import { LevelNotificationBudget } from './level-notification-budget';
import { LevelStateStore } from './level-state-store';
import type { EmbeddedTopic } from './topic';

/** What the pipeline needs on this machine. */
export interface EmbeddedStack {
  readonly settings: DetectionSettings;
  readonly database: LevelDatabase;
  readonly topic: EmbeddedTopic;
  /** By default the state is kept in the database as it is. */
  readonly state?: StateStore;
}

/** One for the lease that a killed replay left behind, and one to spare. */
const maxRetries = 2;

/** One process holds the state folder, so a lease only has to outlast its own publishing. */
const leaseMilliseconds = 2_000;
const contextMilliseconds = 2_000;

/** The detector's pipeline on an embedded database and an embedded topic. */
export function embeddedPipeline(stack: EmbeddedStack): {
  readonly alerts: AlertStore;
  readonly process: (record: unknown) => Promise<Outcome>;
} {
  const { ports, options } = embeddedPorts(stack);
  return { alerts: ports.alerts, process: (record) => processWithLeaseRetry(record, ports, options) };
}

/** What the pipeline takes, on this machine. */
export function embeddedPorts(stack: EmbeddedStack): {
  readonly ports: PipelineDependencies;
  readonly options: PipelineOptions;
} {
  const options = {
    settings: stack.settings,
    leaseMilliseconds,
    contextMilliseconds,
    ownNamePrefix: `${stackName}-`,
  };
  return { ports: portsOf(stack), options };
}

/** Waits for the end of a lease that a killed replay left behind; nobody else takes one, because one process holds the state folder. */
async function processWithLeaseRetry(
  record: unknown,
  ports: PipelineDependencies,
  options: PipelineOptions,
): Promise<Outcome> {
  for (let retries = 0; ; retries++) {
    try {
      return await processRecord(record, ports, options);
    } catch (error) {
      if (!(error instanceof NotificationInProgressError) || retries === maxRetries) throw error;
      const remaining = error.leaseUntilMilliseconds - Date.now();
      await sleep(Math.min(Math.max(0, remaining) + 1, leaseMilliseconds));
    }
  }
}

function portsOf(stack: EmbeddedStack): PipelineDependencies {
  const { settings, database, topic } = stack;
  const state = stack.state ?? new LevelStateStore(database, settings.retentionDays, systemClock);
  return {
    alerts: new LevelAlertStore(database, systemClock),
    state,
    budget: new LevelNotificationBudget(database, settings.notificationBudget, systemClock),
    publisher: topic,
    render: topic.render,
    clock: systemClock,
    observer: silentObserver,
    newToken: randomUUID,
    contextSteps: recordSteps(new CountryDatabase(countryDatabaseDirectory()), settings.workingHours),
    changeSteps: memorySteps(state),
  };
}

/** A replay prints its results, so the logs and metrics of the handlers are not needed. */
const silentObserver: Observer = { info() {}, warn() {}, count() {}, milliseconds() {} };

function countryDatabaseDirectory(): string {
  return dirname(require.resolve('@ip-location-db/geo-whois-asn-country-mmdb/package.json'));
}
