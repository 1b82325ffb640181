import { isIP } from 'node:net';
import { isObject, type Json, property } from '../../lambda/detection/json';
import { ecsField } from './ecs-fields';
import type { Mapping } from './elastic-template';

/** Namespaces that are not of ECS: the CloudTrail integration's, and Layerwatch's own. */
const otherNamespaces = ['aws.cloudtrail.', 'layerwatch.'];

/** Keywords longer than their index takes are kept and not found; in these fields that is what the mapping is for. */
const mayBeLonger = ['layerwatch.', 'aws.cloudtrail.request_parameters', 'aws.cloudtrail.response_elements'];

/**
 * What of a document is not of the published field list of ECS, or does not fit the mapping: names, types, lengths, lists, allowed
 * values. An index with that mapping takes a document without problems.
 */
export function problemsOfEcs(document: unknown, mappings: Mapping): readonly string[] {
  return [...problemsAt(document as Json, '', mappings), ...eventTypeProblems(document)];
}

function problemsAt(value: Json, path: string, mapping: Mapping | undefined): readonly string[] {
  if (mapping === undefined) return [`${path} has no mapping`];
  const items: readonly Json[] = Array.isArray(value) ? value : [value];
  return [
    ...(mapping.properties === undefined ? fieldProblems(value, path) : []),
    ...items.flatMap((item) => problemsOfItem(item, path, mapping)),
  ];
}

function problemsOfItem(value: Json, path: string, mapping: Mapping): readonly string[] {
  if (value === null) return [];
  if (mapping.properties === undefined) return valueProblems(value, path, mapping);
  if (!isObject(value)) return [`${path} is no object`];
  return Object.entries(value).flatMap(([name, inner]) =>
    problemsAt(inner, path === '' ? name : `${path}.${name}`, mapping.properties?.[name]),
  );
}

/** Whether the field is of ECS, is a list where it has to be, and has a value that ECS allows. */
function fieldProblems(value: Json, path: string): readonly string[] {
  if (otherNamespaces.some((namespace) => path.startsWith(namespace))) return [];
  const field = ecsField(path);
  if (field === undefined) return [`${path} is no field of ECS`];
  const allowed = field.allowed_values?.map(({ name }) => name);
  const others = [value].flat().filter((each) => allowed?.includes(String(each)) === false);
  return [
    ...(field.normalize.includes('array') && !Array.isArray(value) ? [`${path} is no list`] : []),
    ...others.map((each) => `${path} is ${String(each)}, which ECS does not allow`),
  ];
}

/** ECS lists the types of events that each category takes. */
function eventTypeProblems(document: unknown): readonly string[] {
  const event = property(document, 'event');
  const categories = [property(event, 'category') ?? []].flat();
  const expected = categories.flatMap(
    (category) =>
      ecsField('event.category')?.allowed_values?.find(({ name }) => name === category)
        ?.expected_event_types ?? [],
  );
  const types = [property(event, 'type') ?? []].flat();
  return types
    .filter((type) => !expected.includes(String(type)))
    .map((type) => `event.type ${String(type)} is not of its category`);
}

function valueProblems(value: Json, path: string, mapping: Mapping): readonly string[] {
  if (mapping.type === 'flattened') return flattenedProblems(value, path, 1);
  const fits = fitsType[mapping.type ?? ''];
  if (fits === undefined) return [`${path} has the type ${mapping.type}, which is not checked`];
  if (!fits(value)) return [`${path} is no ${mapping.type}`];
  if (typeof value !== 'string' || mapping.ignore_above === undefined) return [];
  const isTooLong = value.length > mapping.ignore_above && !mayBeLonger.some((name) => path.startsWith(name));
  return isTooLong ? [`${path} is longer than ${mapping.ignore_above}`] : [];
}

/** What Elasticsearch parses as each type (Field data types; `coerce` is not relied on). */
const fitsType: Readonly<Record<string, (value: Json) => boolean>> = {
  keyword: (value) => typeof value === 'boolean' || isNumber(value) || isText(value),
  match_only_text: isText,
  long: (value) => Number.isSafeInteger(value),
  float: isNumber,
  double: isNumber,
  boolean: (value) => typeof value === 'boolean',
  ip: (value) => typeof value === 'string' && isIP(value) !== 0,
  date: (value) => typeof value === 'string' && isTime(value),
};

function isNumber(value: Json): boolean {
  return typeof value === 'number' && Number.isFinite(value);
}

/** Half a surrogate pair is no text of JSON as other programs read it. */
function isText(value: Json): boolean {
  return typeof value === 'string' && value.isWellFormed();
}

/** `strict_date_optional_time`, the default of Elasticsearch. */
function isTime(value: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(value) && !Number.isNaN(Date.parse(value));
}

/** Limits of a `flattened` field: 20 levels, no zero byte in a name, 32,766 bytes for a value with its path (Lucene's longest term). */
function flattenedProblems(value: Json, path: string, depth: number): readonly string[] {
  if (depth > 20) return [`${path} is deeper than 20 levels`];
  if (Array.isArray(value)) return value.flatMap((item) => flattenedProblems(item, path, depth));
  if (isObject(value))
    return Object.entries(value).flatMap(([name, inner]) =>
      isName(name)
        ? flattenedProblems(inner, `${path}.${name}`, depth + 1)
        : [`${path} has the name ${JSON.stringify(name.slice(0, 50))}`],
    );
  if (typeof value === 'string' && !value.isWellFormed()) return [`${path} is no text`];
  return depth === 1
    ? [`${path} is no object`]
    : Buffer.byteLength(`${path}${String(value)}`) > 32_000
      ? [`${path} is longer than a term`]
      : [];
}

function isName(name: string): boolean {
  return name !== '' && !name.includes('\0') && name.isWellFormed();
}
