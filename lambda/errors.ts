/** The base of every error of Layerwatch: a stable `code` beside the message, and the `cause` where there is one. */
export abstract class LayerwatchError extends Error {
  /** Written out, because the bundle's classes lose their names. */
  abstract override readonly name: string;
  /** Stable name of the failure, for programs and metrics. */
  abstract readonly code: string;
  /** Whether the same input may succeed later. */
  readonly retryable: boolean = false;
}

/** Another worker is publishing this alert's notification; after its lease the work is done or free to take. */
export class NotificationInProgressError extends LayerwatchError {
  override readonly name = 'NotificationInProgressError';
  readonly code = 'NotificationInProgress';
  override readonly retryable = true;

  constructor(
    readonly alertId: string,
    readonly leaseUntilMilliseconds: number,
  ) {
    super(`another worker is notifying alert ${alertId}; retry after its lease`);
  }
}

/** Other writers changed the alert each time between our read and our write. */
export class ContendedAlertError extends LayerwatchError {
  override readonly name = 'ContendedAlertError';
  readonly code = 'ContendedAlert';
  override readonly retryable = true;

  constructor(
    readonly alertId: string,
    attempts: number,
  ) {
    super(`alert ${alertId} changed during each of ${attempts} attempts to write it; retry`);
  }
}

/** Another worker took the lease over, because this one was too slow. */
export class LostLeaseError extends LayerwatchError {
  override readonly name = 'LostLeaseError';
  readonly code = 'LostLease';
  override readonly retryable = true;

  constructor(readonly alertId: string) {
    super(`another worker took over the notification of alert ${alertId}`);
  }
}

/** A product to which findings are exported refused a whole call. */
export class ExportCallError extends LayerwatchError {
  override readonly name = 'ExportCallError';
  readonly code = 'ExportCallRefused';

  constructor(
    message: string,
    /** `content` where a finding of the call is the cause, so that the others may be taken without it. */
    readonly kind: 'content' | 'throttled' | 'unavailable',
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The alert was deleted while it was worked on. The retry makes it anew. */
export class GoneAlertError extends LayerwatchError {
  override readonly name = 'GoneAlertError';
  readonly code = 'GoneAlert';
  override readonly retryable = true;

  constructor(readonly alertId: string) {
    super(`alert ${alertId} was deleted while it was written; retry`);
  }
}

/** Other records of the same function were inserted each time between our read and our write. */
export class ContendedHistoryError extends LayerwatchError {
  override readonly name = 'ContendedHistoryError';
  readonly code = 'ContendedHistory';
  override readonly retryable = true;

  constructor(
    readonly functionArn: string,
    attempts: number,
  ) {
    super(`the history of ${functionArn} changed during each of ${attempts} attempts to write it; retry`);
  }
}

/** AWS Organizations lists no active account, although the one that asks is one. */
export class NoAccountsError extends LayerwatchError {
  override readonly name = 'NoAccountsError';
  readonly code = 'NoAccounts';

  constructor() {
    super(
      'AWS Organizations lists no active account; let the hub run in the management account or in a delegated administrator, or set organization.accounts',
    );
  }
}

/** An account has not enabled a region, so that it has no functions there. */
export class RegionNotEnabledError extends LayerwatchError {
  override readonly name = 'RegionNotEnabledError';
  readonly code = 'RegionNotEnabled';

  constructor(options: { readonly cause: unknown }) {
    super('the account has not enabled the region', options);
  }
}

/** Lambda no longer takes the marker of a page: the listing has to begin again. */
export class InvalidMarkerError extends LayerwatchError {
  override readonly name = 'InvalidMarkerError';
  readonly code = 'InvalidMarker';
  override readonly retryable = true;

  constructor(options: ErrorOptions) {
    super('Lambda does not take the marker of the next page of functions', options);
  }
}

/** An object of the trail's bucket cannot be read, and trying again at once does not help. */
export class UnreadableObjectError extends LayerwatchError {
  override readonly name = 'UnreadableObjectError';
  readonly code = 'UnreadableObject';

  constructor(
    readonly reason: 'vanished' | 'refused' | 'too-large',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The item was written by a newer version, whose meaning this one does not know: it leaves the item alone. */
export class NewerItemError extends LayerwatchError {
  override readonly name = 'NewerItemError';
  readonly code = 'NewerItem';
  /** During a deployment, the next attempt may be made by the newer version. */
  override readonly retryable = true;

  constructor(what: string, version: number, known: number) {
    super(
      `${what} has schema version ${version}, and this version of Layerwatch knows ${known}; deploy the newer one`,
    );
  }
}

/** Ends a switch that names every case of a union: the compiler refuses a case that is missing. */
export function assertNever(value: never): never {
  throw new UnexpectedValueError(value);
}

/** A value that its type says cannot be: data of another version, or a cast that was wrong. */
export class UnexpectedValueError extends LayerwatchError {
  override readonly name = 'UnexpectedValueError';
  readonly code = 'UnexpectedValue';

  constructor(value: unknown) {
    super(`unexpected value of type ${typeof value}`);
  }
}

/** A stored item lacks an attribute that every item of its kind has. */
export class UnreadableItemError extends LayerwatchError {
  override readonly name = 'UnreadableItemError';
  readonly code = 'UnreadableItem';

  constructor(
    readonly key: string,
    readonly attribute: string,
    options?: ErrorOptions,
  ) {
    super(`item ${key} has no readable attribute ${attribute}`, options);
  }
}
