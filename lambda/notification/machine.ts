import { boundedDocument, utf8Bytes } from '../detection/bounded-document';
import type { FindingDocument } from '../detection/finding-document';

/**
 * The finding as JSON for machines. `maxBytes` counts the body as it stands within the message: JSON within JSON, so
 * every quote takes two bytes. Cut by leaving out whole fields, so that it always parses.
 */
export function machineBodyOf(document: FindingDocument, maxBytes: number): string {
  return boundedDocument(document, maxBytes, (json) => utf8Bytes(JSON.stringify(json)));
}
