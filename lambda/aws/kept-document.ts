import { isDeepStrictEqual } from 'node:util';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { parameterFields } from '../detection/audit-fields';
import { boundedDocument } from '../detection/bounded-document';
import type { CloudTrailFields } from '../detection/cloudtrail-fields';
import type { FindingDocument } from '../detection/finding-document';
import type { Json } from '../detection/json';
import { currentDocument } from './former-document';

/** An item holds 400 KB at most, attribute names included (DynamoDB quotas); the document is nearly all of it. */
const maxDocumentBytes = 200_000;

/**
 * The attribute `document`. It is JSON, which people and programs read in the table. An alert whose notification is pending is written once
 * more for each step, in the table and in four indexes, so that until then the JSON is compressed, to about a third.
 */
export function documentAttribute(document: FindingDocument, isUnfinished: boolean): AttributeValue {
  const json = boundedDocument(withoutFlattened(document), maxDocumentBytes);
  return isUnfinished ? { B: deflateRawSync(json) } : { S: json };
}

/**
 * The document of the attribute, as this release writes documents; `undefined` where there is none.
 *
 * @throws where it cannot be read
 */
export function documentOfAttribute({ S, B }: AttributeValue): FindingDocument | undefined {
  const json = B === undefined ? S : inflateRawSync(B).toString('utf8');
  // JSON that this product wrote.
  return json === undefined ? undefined : withFlattened(currentDocument(JSON.parse(json) as FindingDocument));
}

/** `flattened` repeats what the texts beside it say, and is left out where it follows from them. */
function withoutFlattened(document: FindingDocument): FindingDocument {
  const { flattened, ...cloudtrail } = document.aws.cloudtrail;
  return isDeepStrictEqual(flattenedOf(cloudtrail), flattened)
    ? { ...document, aws: { cloudtrail } }
    : document;
}

function withFlattened(document: FindingDocument): FindingDocument {
  const { cloudtrail } = document.aws;
  const isLeftOut = document.layerwatch.omitted?.includes('aws.cloudtrail.flattened') === true;
  const flattened = cloudtrail.flattened ?? (isLeftOut ? undefined : flattenedOf(cloudtrail));
  return flattened === undefined
    ? document
    : { ...document, aws: { cloudtrail: { ...cloudtrail, flattened } } };
}

function flattenedOf({
  request_parameters,
  response_elements,
}: CloudTrailFields): CloudTrailFields['flattened'] {
  return parameterFields(parametersOf(request_parameters), parametersOf(response_elements)).flattened;
}

/** `null` for a text that is absent or no JSON. */
function parametersOf(text: string | undefined): Json {
  try {
    return text === undefined ? null : (JSON.parse(text) as Json);
  } catch {
    return null;
  }
}
