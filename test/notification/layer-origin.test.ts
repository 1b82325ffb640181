import type { LayerInside, StoredObject } from '../../lambda/detection/context-document';
import { describeOrigin } from '../../lambda/notification/layer-origin';

const layer: LayerInside = {
  arn: 'arn:aws:lambda:eu-west-3:123456789012:layer:utils:4',
  size_bytes: null,
  sha256: null,
  created: null,
  minutes_before: null,
  description: null,
  license: null,
  contents: null,
  problem: null,
};

const storedIn = (bucket: string, more: Partial<StoredObject> = {}) =>
  describeOrigin({ ...layer, stored_in: { bucket, key: 'utils.zip', version: 'v7', ...more } });

describe('where a layer comes from', () => {
  test('given a layer that Lambda keeps, and no signature, then nothing is said', () => {
    expect(describeOrigin(layer)).toEqual([]);
  });

  test.each([
    ['team-layers', 'owner of the bucket not known'],
    ['team-111122223333-us-west-2-an', 'bucket of account 111122223333'],
    ['a-999988887777-b-111122223333-us-west-2-an', 'bucket of account 111122223333'],
    ['team-111122223333-us-west-2', 'owner of the bucket not known'],
    ['111122223333-evil-an', 'owner of the bucket not known'],
  ])('given the bucket %s, then its owner is known where its name proves it', (bucket, owner) => {
    expect(storedIn(bucket)).toEqual([`code stays in bucket ${bucket}, key utils.zip, version v7, ${owner}`]);
  });

  test('given hostile text as the key, then it is escaped and of bounded length', () => {
    const [line = ''] = storedIn('team-layers', { key: `\u202e\n${'x'.repeat(1_000)}`, version: null });
    expect(line).toContain('\\u{202e}\\u{a}xxx');
    expect(line).toContain('version unknown');
    expect(line.length).toBeLessThan(400);
  });

  test.each([
    [
      'arn:aws:signer:eu-west-3:111122223333:/signing-profiles/release/a1',
      'profile release of account 111122223333',
    ],
    ['arn:aws:signer:eu-west-3', 'arn:aws:signer:eu-west-3'],
    ['trusted <a>', '"trusted <a>"'],
  ])('given the signature %s, then its profile is named as far as it can be read', (signed_by, signer) => {
    expect(describeOrigin({ ...layer, signed_by })).toEqual([`signed by ${signer}`]);
  });
});
