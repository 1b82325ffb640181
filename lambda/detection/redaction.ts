import { isObject, type Json, property } from './json';

/** Values under these names may be secret: environment values, credentials, presigned addresses, code. */
const secretNames = new Set([
  'variables',
  'location',
  'zipfile',
  'sessiontoken',
  'secretaccesskey',
  'password',
  'authorization',
  'token',
]);

const redacted = '[not kept]';
/** Deeper than any parameter of a Lambda call; a hostile value may nest deeper than the stack reaches. */
const maxDepth = 16;

/**
 * A copy of a record's parameters without values that may be secret. The environment keeps its variables' names, for
 * they show a wrapper, and loses its values.
 */
export function withoutSecrets(value: Json | undefined, depth = maxDepth): Json {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return withoutPresignedQuery(value).toWellFormed();
  if (typeof value !== 'object') return value;
  if (depth === 0) return '[nested too deep]';
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, depth - 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key.toWellFormed(), redactProperty(key, item, depth - 1)]),
  );
}

function redactProperty(key: string, value: Json, depth: number): Json {
  const name = key.toLowerCase();
  if (name === 'environment') return environmentNames(value);
  return secretNames.has(name) ? redacted : withoutSecrets(value, depth);
}

function environmentNames(environment: Json): Json {
  const variables = property(environment, 'variables') ?? property(environment, 'Variables');
  return isObject(variables)
    ? { variable_names: Object.keys(variables).map((name) => name.toWellFormed()) }
    : {};
}

/** Parameters of signature version 4, of version 2, and of CloudFront's signed addresses. */
const signedNames = '(?:X-Amz-(?:Signature|Security-Token|Credential)|Signature|AWSAccessKeyId|Key-Pair-Id)=';

const signedParameter = new RegExp(`[?&]${signedNames}`, 'i');

/** A signed query to the end of its address. It looks ahead to the next question mark at most, so that the time stays linear in the text. */
const signedQuery = new RegExp(`\\?(?=[^\\s"?]*?(?<=[?&])${signedNames})[^\\s"]*`, 'gi');

/** A value of a record without its query, blanks in it included, where the query is signed. */
function withoutPresignedQuery(value: string): string {
  return signedParameter.test(value) ? `${value.split('?')[0]}?${redacted}` : value;
}

/** The text without the queries of presigned addresses: the signature gives access to what the address points at. */
export function withoutPresignedQueries(text: string): string {
  return text.replace(signedQuery, `?${redacted}`);
}
