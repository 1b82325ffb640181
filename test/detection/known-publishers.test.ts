import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { knownPublishers } from '../../lambda/detection/known-publishers';
import { provenanceOf } from '../../lambda/detection/provenance';
import { defaultDetectionSettings } from '../../lambda/detection/settings';

const cdkFolder = dirname(require.resolve('aws-cdk-lib/package.json'));

const own = '123456789012';

/** Public lists give this account to a vendor that is gone, too. */
const disputed = '066549572091';
const provenance = (arn: string, settings = {}) =>
  provenanceOf(arn, { arn: undefined, account: own }, { ...defaultDetectionSettings, ...settings });

describe('the publishers that are known', () => {
  test('given two lines, then they are not the same', () => {
    const keys = knownPublishers.map(
      ({ account, layerPrefix, partition }) => `${partition} ${account} ${layerPrefix}`,
    );
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  test('given two lines of one account, then no layer could be of two publishers', () => {
    const conflicts = knownPublishers.flatMap((a) =>
      knownPublishers
        .filter((b) => a.account === b.account && a.partition === b.partition && a.publisher !== b.publisher)
        .filter((b) => a.layerPrefix.startsWith(b.layerPrefix))
        .map((b) => `${a.publisher} ${a.layerPrefix}, ${b.publisher} ${b.layerPrefix}`),
    );
    expect(conflicts).toEqual([]);
  });

  test.each(knownPublishers.map((line) => [`${line.publisher} ${line.account}`, line] as const))(
    'given %s, then it has a source, an account of twelve digits, and a prefix that is more than a letter or two',
    (_, { account, layerPrefix, partition, source }) => {
      expect(account).toMatch(/^\d{12}$/);
      expect(partition).toMatch(/^aws(-[a-z]+)*$/);
      expect(layerPrefix.length).toBeGreaterThan(4);
      expect(source.length).toBeGreaterThan(10);
    },
  );

  test('given the layers of AWS’s own publishers as the CDK knows them, then each is AWS’s', () => {
    const facts = readFileSync(join(cdkFolder, 'region-info', 'lib', 'built-ins.generated.js'), 'utf8');
    const arns = [...new Set(facts.match(/arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:layer:[A-Za-z0-9_-]+/g))];
    expect(arns.length).toBeGreaterThan(100);
    const others = arns.filter((arn) => !arn.includes(disputed) && provenance(arn).provenance !== 'aws');
    expect(others).toEqual([]);
  });
});

describe('whose a layer is', () => {
  const layer = (account: string, name: string, partition = 'aws') =>
    `arn:${partition}:lambda:eu-west-3:${account}:layer:${name}:1`;

  test.each([
    ['the function’s own account', layer(own, 'anything'), 'own-account', undefined],
    ['a trusted account', layer('210987654321', 'anything'), 'trusted', 'shared services'],
    ['a vendor by account and name', layer('464622532012', 'Datadog-Extension'), 'vendor', 'Datadog'],
    ['a vendor’s account and another name', layer('464622532012', 'exfil'), 'unknown-account', undefined],
    [
      'a vendor’s name and another account',
      layer('999988887777', 'Datadog-Extension'),
      'unknown-account',
      undefined,
    ],
    [
      'a vendor in another partition',
      layer('464622532012', 'Datadog-Extension', 'aws-cn'),
      'unknown-account',
      undefined,
    ],
    ['a configured vendor', layer('111122223333', 'acme-agent'), 'vendor', 'Acme'],
    [
      'a configured vendor’s account and another name',
      layer('111122223333', 'other'),
      'unknown-account',
      undefined,
    ],
    [
      'the account that two publishers are said to have',
      layer(disputed, 'epsagon-node'),
      'unknown-account',
      undefined,
    ],
    ['what cannot be read', 'arn:aws:lambda:evil', 'unknown-account', undefined],
    ['nothing', '', 'unknown-account', undefined],
  ])('given %s', (_, arn, expected, publisher) => {
    const settings = {
      trustedAccounts: ['210987654321'],
      accountNames: new Map([['210987654321', 'shared services']]),
      vendors: [{ name: 'Acme', account: '111122223333', layerPrefix: 'acme-' }],
    };
    expect(provenance(arn, settings)).toEqual({ provenance: expected, publisher });
  });
});
