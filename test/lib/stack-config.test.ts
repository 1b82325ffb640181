import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationFileName } from '../../config/file';
import { SettingsError } from '../../config/schema';
import { readStackConfig } from '../../lib/stack-config';
import { temporaryFolder } from '../harness/temporary-folder';
import { keyArn } from './synthesis';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

function read(context: Record<string, unknown> = {}, region?: string) {
  const values = new Map(Object.entries(context));
  return readStackConfig({
    context: (key) => values.get(key),
    workingFolder: folder,
    today: '2026-11-23',
    region,
  });
}

function given(file: string, content: unknown): void {
  writeFileSync(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content));
}

test('no file is a configuration of defaults', () => {
  expect(read()).toEqual({});
});

test('the file in the working folder is read', () => {
  given(configurationFileName, { email: 'file@example.com', retentionDays: 30 });
  expect(read()).toMatchObject({ retentionDays: 30, email: 'file@example.com' });
});

test('-c config names another file, relative to the working folder', () => {
  given(configurationFileName, { email: 'file@example.com' });
  given('other.json', { email: 'other@example.com' });
  expect(read({ config: 'other.json' }).email).toBe('other@example.com');
});

test('context overrides the file', () => {
  given(configurationFileName, { email: 'file@example.com', alarmEmail: 'file@example.com' });
  const context = { email: 'c@example.com', alarmEmail: 'd@example.com', kmsKeyArn: keyArn };
  expect(read(context)).toMatchObject(context);
});

test.each<[string, Record<string, unknown>, string]>([
  ['a file that is not there', { config: 'none.json' }, 'none.json cannot be read (ENOENT)'],
  ['a folder in place of a file', { config: '.' }, 'cannot be read (EISDIR)'],
  ['a config that is no path', { config: true }, 'config is true; allowed: the path of a JSON file'],
  ['an empty email', { email: '' }, 'email is ""; allowed: one email address'],
])('%s is refused', (_name, context, text) => {
  expect(() => read(context)).toThrow(SettingsError);
  expect(() => read(context)).toThrow(expect.objectContaining({ message: expect.stringContaining(text) }));
});

test('a file that is not JSON is refused by its name', () => {
  given(configurationFileName, '{ email: }');
  expect(() => read()).toThrow(/layerwatch\.config\.json is not JSON: /);
});

test('an unknown factor is refused', () => {
  given(configurationFileName, { riskPoints: { 'no-such-factor': 1 } });
  expect(() => read()).toThrow(/riskPoints\.no-such-factor/);
});

describe('given an expired exception', () => {
  const exceptions = [{ name: 'old', owner: 'o', reason: 'r', expires: '2026-11-22', region: 'eu-west-3' }];
  beforeEach(() => given(configurationFileName, { exceptions }));

  test.each([{}, { strict: false }, { strict: 'false' }])(
    'then with context %j it is accepted',
    (context) => {
      expect(read(context)).toEqual({ exceptions });
    },
  );

  test.each([{ strict: true }, { strict: 'true' }])('then with context %j it is refused', (context) => {
    expect(() => read(context)).toThrow(/exceptions\[0\]\.expires is "2026-11-22"/);
  });

  test('then a value of strict other than true or false is refused', () => {
    expect(() => read({ strict: 'yes' })).toThrow('strict is "yes"; allowed: true or false');
  });
});

describe('for the region that the deployment goes to', () => {
  test('a key of another region is refused', () => {
    expect(() => read({ kmsKeyArn: keyArn }, 'eu-west-1')).toThrow(
      /kmsKeyArn is .*allowed: a key of region eu-west-1/,
    );
    expect(read({ kmsKeyArn: keyArn }, 'eu-west-3').kmsKeyArn).toBe(keyArn);
  });

  test('slack is refused where the service is not', () => {
    given(configurationFileName, { slack: { workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' } });
    expect(() => read({}, 'cn-north-1')).toThrow(/slack is set for region cn-north-1/);
    expect(read({}, 'eu-west-3').slack).toBeDefined();
  });
});
