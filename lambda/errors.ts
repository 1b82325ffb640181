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

/** Other records of the same function moved its baseline each time between our read and our write. */
export class ContendedBaselineError extends LayerwatchError {
  override readonly name = 'ContendedBaselineError';
  readonly code = 'ContendedBaseline';
  override readonly retryable = true;

  constructor(
    readonly functionArn: string,
    attempts: number,
  ) {
    super(`the baseline of ${functionArn} changed during each of ${attempts} attempts to set it; retry`);
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

/** The item was written by a newer version, whose meaning this one does not know: it leaves the item alone. */
export class NewerItemError extends LayerwatchError {
  override readonly name = 'NewerItemError';
  readonly code = 'NewerItem';
  /** While a deployment goes on, the next attempt may be made by the newer version. */
  override readonly retryable = true;

  constructor(what: string, version: number, known: number) {
    super(
      `${what} has schema version ${version}, and this version of Layerwatch knows ${known}; deploy the newer one`,
    );
  }
}
