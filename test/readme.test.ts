import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSettings } from '../config/schema';
import { factorDescriptions } from '../lambda/detection/risk';
import { currentReadme } from '../scripts/readme';

const root = join(__dirname, '..');
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');
const readme = textOf('README.md');

describe('the README is true', () => {
  test('given the sample run and the stories, then every output, table and picture is what they print now', async () => {
    for (const [file, text] of Object.entries(await currentReadme()))
      expect([file, textOf(file)]).toEqual([file, text]);
  });

  test('given an npm script that it names, then there is one', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as {
      readonly scripts: Readonly<Record<string, string>>;
    };
    const named = [...readme.matchAll(/npm run ([a-z:-]+)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  test('given a file that it links to or names as a test, then it is there', () => {
    const linked = [...readme.matchAll(/\]\(((?!https?:)[^)]+)\)/g)].map(([, file = '']) => file);
    const tests = [...readme.matchAll(/`(test\/[a-z/.-]+)`/g)].map(([, file = '']) => file);
    expect([...linked, ...tests].filter((file) => !existsSync(join(root, file)))).toEqual([]);
    expect(tests).not.toEqual([]);
  });

  test('given the risk factors, then each has a row', () => {
    for (const { id } of factorDescriptions) expect(readme).toContain(`| \`${id}\` `);
  });

  test('given its example of a configuration, then the command line accepts it', () => {
    const [, example = ''] = /```json\n([\s\S]*?)```/.exec(readme) ?? [];
    expect(() => parseSettings(JSON.parse(example), '2026-11-23')).not.toThrow();
  });

  test('given the examples of the guide to organizations, then the stack accepts each', () => {
    const examples = [...textOf('docs/organization.md').matchAll(/```json\n([\s\S]*?)```/g)];
    expect(examples).toHaveLength(2);
    for (const [, example = ''] of examples)
      expect(() => parseSettings(JSON.parse(example), '2026-11-23')).not.toThrow();
  });

  test('given a dependency, then there is a reason for it, and none for another', () => {
    const manifest = JSON.parse(textOf('package.json')) as Readonly<Record<string, Record<string, string>>>;
    const names = Object.keys({ ...manifest['dependencies'], ...manifest['devDependencies'] });
    const rows = textOf('docs/dependencies.md')
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    const reasoned = rows.flatMap((row) =>
      [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name),
    );
    expect([...reasoned].sort()).toEqual([...names].sort());
  });

  test('given the settings, then each has a row', () => {
    const rows = [...readme.matchAll(/^\| ((?:`\w+`(?:, )?)+) +\|/gm)].flatMap(([, names = '']) =>
      names.split(', '),
    );
    const keys = Object.keys(parseSettings({}, '2026-11-23').detection).concat(
      'email slack alarmEmail kmsKeyArn selftest securityHub findingsBusArn organization workingHours'.split(
        ' ',
      ),
    );
    expect(keys.filter((key) => !rows.includes(`\`${key}\``))).toEqual([]);
  });
});
