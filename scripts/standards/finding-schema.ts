import { join } from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';

const root = join(__dirname, '..', '..');

/** A JSON Schema or a part of one, as far as its keywords are read here. */
export interface Schema {
  readonly [keyword: string]: unknown;
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

/**
 * The JSON Schema (draft 2020-12) of the finding document, generated from its TypeScript type. `closed` refuses properties that the
 * type does not have; the published one is open, because a later release may add some.
 */
export function findingSchema({ closed = false } = {}): Schema {
  const generator = createGenerator({
    path: join(root, 'lambda', 'detection', 'finding-document.ts'),
    tsconfig: join(root, 'tsconfig.json'),
    type: 'FindingDocument',
    topRef: false,
    skipTypeCheck: true,
    additionalProperties: !closed,
    jsDoc: 'extended',
  });
  const { $schema: _, definitions, ...schema } = generator.createSchema('FindingDocument');
  const document = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Finding of Layerwatch',
    ...schema,
    $defs: definitions,
  };
  return JSON.parse(JSON.stringify(document).replaceAll('"#/definitions/', '"#/$defs/')) as Schema;
}
