/** One detail of an alert: a label of ours, and text of one visible line. */
export interface Field {
  readonly label: string;
  readonly value: string;
}
