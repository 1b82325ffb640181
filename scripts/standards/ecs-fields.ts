import { EcsFlat } from '@elastic/ecs';

/** A field of the published Elastic Common Schema. */
export interface EcsField {
  readonly type: string;
  readonly ignore_above?: number;
  /** `array` where a document has a list of it, even of one. */
  readonly normalize: readonly string[];
  readonly allowed_values?: readonly {
    readonly name: string;
    readonly expected_event_types?: readonly string[];
  }[];
  readonly multi_fields?: readonly { readonly name: string; readonly type: string }[];
}

const fields: ReadonlyMap<string, EcsField> = new Map(Object.entries(EcsFlat));

/** The field of a dotted name; `undefined` for a name that is not of the schema. */
export function ecsField(name: string): EcsField | undefined {
  return fields.get(name);
}
