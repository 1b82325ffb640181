/**
 * Longest text of a keyword field that Elasticsearch indexes, in UTF-16 units: `ignore_above` of the published ECS fields. What is
 * longer would be stored and not be found.
 */
const maxKeywordLength = 1_024;

/** Text of a record as a keyword field takes it. */
export function keyword(text: string): string {
  return text.slice(0, maxKeywordLength).toWellFormed();
}

/** The same of a text that may be missing. */
export function optionalKeyword(text: string | undefined): string | undefined {
  return text === undefined ? undefined : keyword(text);
}
