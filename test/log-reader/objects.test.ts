import { recordsObjectOf } from '../../lambda/log-reader/objects';

const folder = 'AWSLogs/o-a1b2c3d4e5/123456789012';
const file = '2026/10/06/123456789012_CloudTrail_eu-west-3_20261006T2115Z_Mb1D8fE0aLx2Q3r4.json.gz';
const decided = { account: '123456789012', region: 'eu-west-3' };

describe('an object that was written', () => {
  test.each<[string, string, unknown]>([
    ['an organization', `${folder}/CloudTrail/eu-west-3/${file}`, decided],
    ['an account', `AWSLogs/123456789012/CloudTrail/eu-west-3/${file}`, decided],
    ['a digest', `${folder}/CloudTrail-Digest/eu-west-3/${file}`, 'not-a-log'],
    ['an insight', `${folder}/CloudTrail-Insight/eu-west-3/${file}`, 'not-a-log'],
    ['AWS Config', `${folder}/Config/eu-west-3/${file}`, 'not-a-log'],
    ['a folder', `${folder}/CloudTrail/eu-west-3/`, 'not-a-log'],
    ['another program', 'hello.txt', 'not-a-log'],
  ])('given one of %s, then its key decides', (_, key, expected) => {
    const read = recordsObjectOf({ bucket: 'audit-logs', key }, { bucket: 'audit-logs' });
    if (typeof expected === 'string') expect(read).toBe(expected);
    else expect(read).toEqual({ key, ...decided });
  });

  test('given another bucket, then it is passed over', () => {
    expect(recordsObjectOf({ bucket: 'other', key: 'a' }, { bucket: 'audit-logs' })).toBe('other-bucket');
  });

  test.each([
    ['org/', 'other-prefix'],
    ['orgs/', 'other-prefix'],
    ['', 'other-prefix'],
  ])('given the prefix "orga" and a key under "%s", then it is passed over', (written, expected) => {
    const key = `${written}${folder}/CloudTrail/eu-west-3/${file}`;
    expect(recordsObjectOf({ bucket: 'audit-logs', key }, { bucket: 'audit-logs', prefix: 'orga' })).toBe(
      expected,
    );
  });

  test('given a key under the prefix, then it is read', () => {
    const key = `orga/${folder}/CloudTrail/eu-west-3/${file}`;
    const place = { bucket: 'audit-logs', prefix: 'orga' };
    expect(recordsObjectOf({ bucket: 'audit-logs', key }, place)).toEqual({ key, ...decided });
  });
});
