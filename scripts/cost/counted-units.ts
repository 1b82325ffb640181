/** Capacity units of DynamoDB on demand. */
export interface Units {
  readonly reads: number;
  readonly writes: number;
}

/** What a record can be, as far as its cost differs. */
export type RecordKind = 'layerChange' | 'settingsChange' | 'sameAgain';

/** Counted on DynamoDB Local, all indexes with them; `test/conformance/units.conformance-test.ts` counts them again. */
export const countedUnits: Readonly<Record<RecordKind, Units>> = {
  layerChange: { reads: 6.5, writes: 48 },
  settingsChange: { reads: 4, writes: 25 },
  sameAgain: { reads: 7, writes: 0 },
};

/** Units that a notified layer change takes in the index by day, under one key; part of its writes. */
export const countedDayIndexWrites = 10;

/** Kilobytes of one copy of an alert that is finished, rounded up. */
export const countedAlertKilobytes = 7;
