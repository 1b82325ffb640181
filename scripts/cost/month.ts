import { countedAlertKilobytes, countedUnits } from './counted-units';
import { dollarsOf } from './prices';

/** Where Layerwatch runs, and what it sees. */
export interface Deployment {
  readonly name: string;
  /** One stack a region receives the events of all accounts there. */
  readonly accounts: number;
  readonly regions: number;
}

/** A day of one account and region. */
export interface Day {
  readonly layerChanges: number;
  readonly settingsChanges: number;
}

export const assumptions = {
  day: { layerChanges: 5, settingsChanges: 30 } satisfies Day,
  daysOfMonth: 30,
  emailSubscribers: 1,
  /** Of one record, at half a gigabyte. */
  detectorSeconds: 0.2,
  /** 69 look-ups of the event history, 600 ms apart. */
  sweepSeconds: 41,
  sweepsOfMonth: 6 * 24 * 30,
  functionGigabytes: 0.5,
  logKilobytesOfRecord: 1.2,
  /** The default of `retentionDays`. */
  retentionDays: 400,
} as const;

/** Counted in the template and in the code; `test/lib/cost.test.ts` counts them again. */
export const countedMonitoring = { alarmMetrics: 28, ownMetrics: 34 } as const;

export interface CostLine {
  readonly service: string;
  readonly what: string;
  readonly dollars: number;
}

/** What a deployment costs in a month in which all alerts of the retention are kept. */
export function monthOf({ accounts, regions }: Deployment): readonly CostLine[] {
  const { day, daysOfMonth, retentionDays, ...each } = assumptions;
  const places = accounts * regions;
  const layerChanges = day.layerChanges * daysOfMonth * places;
  const settingsChanges = day.settingsChanges * daysOfMonth * places;
  const records = layerChanges + settingsChanges;
  const units = (kind: 'reads' | 'writes') =>
    layerChanges * countedUnits.layerChange[kind] + settingsChanges * countedUnits.settingsChange[kind];
  const keptGigabytes = ((records / daysOfMonth) * retentionDays * countedAlertKilobytes) / 1e6;
  const sweeps = each.sweepsOfMonth * regions;
  const seconds = records * each.detectorSeconds + sweeps * each.sweepSeconds;
  const { alarmMetrics, ownMetrics } = countedMonitoring;
  const publishes =
    dollarsOf('publish', layerChanges) + dollarsOf('email', layerChanges * each.emailSubscribers);
  return [
    {
      service: 'Lambda',
      what: 'detector and sweeper',
      dollars:
        dollarsOf('invocation', records + sweeps) + dollarsOf('compute', seconds * each.functionGigabytes),
    },
    { service: 'DynamoDB', what: 'writes, indexes with them', dollars: dollarsOf('write', units('writes')) },
    { service: 'DynamoDB', what: 'reads', dollars: dollarsOf('read', units('reads')) },
    {
      service: 'DynamoDB',
      what: `alerts of ${retentionDays} days in table and indexes`,
      dollars: dollarsOf('storage', keptGigabytes * copiesOfAlert),
    },
    { service: 'DynamoDB', what: 'point-in-time recovery', dollars: dollarsOf('recovery', keptGigabytes) },
    { service: 'SNS', what: 'publishes and one email each', dollars: publishes },
    {
      service: 'CloudWatch',
      what: 'alarms and metrics',
      dollars: (dollarsOf('alarm', alarmMetrics) + dollarsOf('metric', ownMetrics)) * regions,
    },
    {
      service: 'CloudWatch',
      what: 'logs',
      dollars: dollarsOf('logs', (records * each.logKilobytesOfRecord) / 1e6),
    },
    {
      service: 'EventBridge',
      what: 'events, billed to the member accounts',
      dollars: accounts === 1 ? 0 : dollarsOf('crossAccountEvent', records),
    },
  ];
}

/** The table, and the three indexes that hold an alert which is finished. */
const copiesOfAlert = 4;
