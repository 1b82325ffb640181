import fc from 'fast-check';
import {
  givenCreate,
  givenEnvelope,
  givenPublish,
  givenUpdate,
  layerVersion,
  userIdentity,
} from '../fixtures/records';

/** Stands in every place where a record, or an answer of Lambda, may hold a secret. */
export const secret = 'hunter2-must-not-be-shown';

const presigned = `https://awslambda-layers.s3.amazonaws.com/l?X-Amz-Security-Token=${secret}&X-Amz-Signature=${secret}`;

const withSecrets = {
  environment: { variables: { DB_PASSWORD: secret, AWS_LAMBDA_EXEC_WRAPPER: '/opt/wrapper' } },
  code: { zipFile: secret, location: presigned },
  sessionToken: secret,
};

const foreignLayer = layerVersion('boto-utils', 3, '999988887777');

/** Records of every kind that the pipeline takes, each with secrets in it. */
const bases: readonly unknown[] = [
  givenUpdate([foreignLayer], {
    requestParameters: { functionName: 'payments', layers: [foreignLayer], ...withSecrets },
  }),
  givenUpdate([layerVersion('base', 1), foreignLayer], { userIdentity }),
  givenUpdate(undefined, { responseElements: { functionName: 'payments', ...withSecrets } }),
  givenUpdate([], { requestParameters: null }),
  givenPublish('util', 7, { responseElements: { content: { location: presigned }, version: 7 } }),
  givenCreate([foreignLayer]),
  givenEnvelope(givenUpdate([foreignLayer], {}, 'orders')),
  givenUpdate(undefined, {
    eventSource: 'cloudtrail.amazonaws.com',
    eventName: 'StopLogging',
    requestParameters: { name: 'main', ...withSecrets },
  }),
  givenUpdate([foreignLayer], { errorCode: 'AccessDenied', requestParameters: null }),
];

const hostileText = fc.oneof(
  fc.constantFrom(
    '__proto__',
    'constructor',
    '\u202egnp.exe',
    'a\r\nWho: root',
    '<!channel> *bold* `code` <https://evil.example|click>',
    '\ud800',
    '',
    'a'.repeat(250_000),
    '\u0000',
    foreignLayer,
    'arn:aws:lambda:eu-west-3:123456789012:function:payments:PROD',
    '2026-10-06T21:14:05Z',
    '9'.repeat(400),
  ),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

const hostileJson = fc.oneof(
  { weight: 3, arbitrary: hostileText },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom(null, true, 0, -1, 1e308, [], {}, [[[[]]]]) },
  { weight: 1, arbitrary: fc.array(hostileText, { maxLength: 12 }) },
);

interface Mutation {
  readonly path: readonly number[];
  readonly change: 'set' | 'delete' | 'rename';
  readonly value: unknown;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  path: fc.array(fc.nat(40), { minLength: 1, maxLength: 6 }),
  change: fc.constantFrom('set', 'set', 'delete', 'rename'),
  value: hostileJson,
});

/** A record in which some things are not as they should be. */
export const mutatedRecord: fc.Arbitrary<unknown> = fc
  .tuple(fc.constantFrom(...bases), fc.array(mutation, { maxLength: 5 }))
  .map(([base, mutations]) => mutations.reduce(mutated, structuredClone(base)));

/** Anything that JSON can hold, and records. */
export const anyRecord: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: mutatedRecord },
  { weight: 1, arbitrary: fc.jsonValue() },
);

function mutated(value: unknown, { path, change, value: next }: Mutation): unknown {
  const parent = parentAt(value, path.slice(0, -1));
  const keys = Object.keys(parent);
  const key = keys[(path.at(-1) ?? 0) % Math.max(1, keys.length)] ?? 'added';
  if (change === 'delete') Reflect.deleteProperty(parent, key);
  else define(parent, change === 'rename' ? newName(next) : key, next);
  return value;
}

/** Walks down as far as there are objects. */
function parentAt(value: unknown, path: readonly number[]): object {
  let parent = value as object;
  for (const step of path) {
    const children = Object.values(parent).filter((child) => typeof child === 'object' && child !== null);
    const child = children[step % Math.max(1, children.length)] as object | undefined;
    if (child === undefined) break;
    parent = child;
  }
  return parent;
}

function define(parent: object, key: string, value: unknown): void {
  if (Array.isArray(parent) && !/^\d{1,3}$/.test(key)) return;
  Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true });
}

function newName(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 40) : 'renamed';
}
