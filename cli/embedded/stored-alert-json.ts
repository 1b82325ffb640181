import type { StoredAlert } from '../../lambda/detection/alert';
import type { FindingDocument } from '../../lambda/detection/finding-document';

type Entries<T> =
  T extends ReadonlyMap<infer Key, infer Value>
    ? readonly (readonly [Key, Value])[]
    : T extends ReadonlySet<infer Value>
      ? readonly Value[]
      : T;

/** An alert without its document, with lists in the place of maps and sets, which JSON does not have. */
export type StoredAlertJson = {
  readonly [Field in Exclude<keyof StoredAlert, 'judgedDocument'>]: Entries<StoredAlert[Field]>;
};

export function toJson({ judgedDocument: _, ...alert }: StoredAlert): StoredAlertJson {
  return {
    ...alert,
    recordIds: [...alert.recordIds],
    overflow: [...alert.overflow],
    news: [...alert.news],
    deliveries: [...alert.deliveries],
    exported: [...alert.exported],
    exportFailures: [...alert.exportFailures],
  };
}

export function fromJson(json: StoredAlertJson, judgedDocument: FindingDocument): StoredAlert {
  return {
    ...json,
    judgedDocument,
    recordIds: new Set(json.recordIds),
    overflow: new Map(json.overflow),
    news: new Map(json.news),
    deliveries: new Set(json.deliveries),
    exported: new Map(json.exported),
    exportFailures: new Map(json.exportFailures ?? []),
  };
}
