import type { StoredObject } from '../detection/context-document';
import { property, text } from '../detection/json';
import type { ChangeSubject } from './context-step';

/** Where a published layer's archive stays, by the call that published it; `undefined` where Lambda took a copy. */
export function storedByCall({
  record,
  call,
}: Pick<ChangeSubject, 'record' | 'call'>): StoredObject | undefined {
  const content = property(record.requestParameters, 'content');
  const bucket = text(property(content, 's3Bucket'));
  const key = text(property(content, 's3Key'));
  const isReference = text(property(content, 's3ObjectStorageMode')) === 'REFERENCE';
  if (call.asked.kind !== 'publish' || !isReference || bucket === undefined || key === undefined)
    return undefined;
  return { bucket, key, version: text(property(content, 's3ObjectVersion')) ?? null };
}
