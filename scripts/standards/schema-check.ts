import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { findingSchema } from './finding-schema';

let validate: ValidateFunction | undefined;

/** Where a document is not of the finding's schema; a field that the schema does not have counts. */
export function problemsOfSchema(document: unknown): readonly string[] {
  // Generating the schema takes seconds.
  validate ??= addFormats(new Ajv2020({ allErrors: true, strict: false })).compile(
    findingSchema({ closed: true }),
  );
  validate(document);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}
