import { type EcsField, ecsField } from './ecs-fields';
import type { Schema } from './finding-schema';

/** Mapping of one field of Elasticsearch, or of an object with its fields. */
export interface Mapping {
  readonly type?: string;
  readonly ignore_above?: number;
  readonly value?: string;
  readonly fields?: Readonly<Record<string, Mapping>>;
  readonly properties?: Readonly<Record<string, Mapping>>;
}

/** Data stream of the findings: type, dataset and namespace. */
const indexPattern = 'logs-layerwatch.finding-*';

/** Before the templates that Elastic installs for `logs-*-*`, which have 100 (Elasticsearch, index templates). */
const priority = 500;

/**
 * The index template for findings. Each field has its mapping, and what a document has beside them is kept and not indexed: no value
 * and no name that a caller chooses decides how a field is mapped.
 */
export function indexTemplate(schema: Schema) {
  const { properties = {} } = mappingOf(schema, '', schema);
  return {
    index_patterns: [indexPattern],
    priority,
    data_stream: {},
    template: {
      mappings: {
        dynamic: false,
        date_detection: false,
        properties: { ...properties, data_stream: dataStream },
      },
    },
    _meta: { description: 'Findings of Layerwatch' },
  };
}

const dataStream: Mapping = {
  properties: {
    type: { type: 'constant_keyword', value: 'logs' },
    dataset: { type: 'constant_keyword', value: 'layerwatch.finding' },
    namespace: { type: 'constant_keyword' },
  },
};

function mappingOf(schema: Schema, path: string, root: Schema): Mapping {
  const resolved = resolve(schema, root);
  if (resolved.items !== undefined) return mappingOf(resolved.items, path, root);
  if (resolved.properties !== undefined) return { properties: propertiesOf(resolved, path, root) };
  return publishedMapping(path) ?? scalarMapping(resolved);
}

function propertiesOf(schema: Schema, path: string, root: Schema): Readonly<Record<string, Mapping>> {
  const entries = Object.entries(schema.properties ?? {}).map(([name, property]) => [
    name,
    mappingOf(property, path === '' ? name : `${path}.${name}`, root),
  ]);
  return Object.fromEntries(entries) as Readonly<Record<string, Mapping>>;
}

/** What a reference names, and of a value that may be null the other type. */
function resolve(schema: Schema, root: Schema): Schema {
  if (schema.$ref !== undefined)
    return resolve(root.$defs?.[schema.$ref.split('/').at(-1) ?? ''] ?? {}, root);
  const value = schema.anyOf?.find(({ type }) => type !== 'null');
  return value === undefined ? schema : resolve(value, root);
}

/** JSON text may be long: its words are found by a second field. */
const jsonText: Mapping = { type: 'keyword', ignore_above: 8_191, fields: { text: { type: 'text' } } };

/** What Elastic's integration maps otherwise than by the type of the value (elastic/integrations, packages/aws, cloudtrail). */
const cloudTrailMappings: ReadonlyMap<string, Mapping> = new Map([
  ['aws.cloudtrail.request_parameters', jsonText],
  ['aws.cloudtrail.response_elements', jsonText],
  ['aws.cloudtrail.management_event', { type: 'keyword', ignore_above: 1_024 }],
]);

function publishedMapping(path: string): Mapping | undefined {
  const field = ecsField(path);
  return field === undefined ? cloudTrailMappings.get(path) : mappingOfEcs(field);
}

function mappingOfEcs({ type, ignore_above, multi_fields = [] }: EcsField): Mapping {
  const fields = Object.fromEntries(multi_fields.map(({ name, type: inner }) => [name, { type: inner }]));
  return {
    type,
    ...(ignore_above === undefined ? {} : { ignore_above }),
    ...(multi_fields.length === 0 ? {} : { fields }),
  };
}

function scalarMapping({ type, format }: Schema): Mapping {
  const types = [type ?? []].flat();
  if (types.includes('object')) return { type: 'flattened' };
  if (format === 'date-time') return { type: 'date' };
  if (types.includes('integer')) return { type: 'long' };
  if (types.includes('number')) return { type: 'double' };
  return types.includes('boolean') ? { type: 'boolean' } : { type: 'keyword', ignore_above: 1_024 };
}
