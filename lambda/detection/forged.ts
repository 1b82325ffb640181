import type { Call } from './call';
import type { Envelope } from './envelope';

/** Stands where other alerts have the name of a call. */
export const forgedAction = 'ForgedEvent';

/**
 * An event whose record does not fit its envelope is reported as tampering: nothing that the record claims is believed, and the
 * alert is about the account that the event came from.
 */
export function forgedCall({ account, region }: Envelope, mismatch: string): Call {
  return {
    target: {
      type: 'resource',
      arn: undefined,
      name: `event of account ${account ?? 'unknown'}`,
      account,
      region,
    },
    asked: { kind: 'tampering', action: forgedAction, layers: undefined },
    problems: [mismatch],
  };
}
