/** Why a record has its disposition. */
export type DispositionReason =
  | 'notified'
  /** `notifyOn` does not ask for this kind of change. */
  | 'change-not-notified'
  /** The severity is below `minimumBandToNotify`. */
  | 'below-minimum-severity'
  | 'excepted';
