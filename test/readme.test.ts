import { parseSettings } from '../config/schema';
import { changePolicy } from '../lambda/detection/change-kinds';
import { plainNotification } from '../lambda/notification/message';
import { currentPages } from '../scripts/readme';
import {
  blocksOf,
  deployedBlocks,
  generatedBlocks,
  measuredBlocks,
  recordedBlocks,
} from '../scripts/readme/pages';
import { allPages, fencesOf, textOf } from './docs/pages';
import { allStories } from './stories/run-story';

const today = '2026-11-23';
const readme = textOf('README.md');

/** Replays of the sample set and of all stories, which a busy machine draws out. */
const generationMilliseconds = 600_000;

describe('the pages are true', () => {
  test(
    'given the sample run and the stories, then every output, table and picture is what they print now',
    async () => {
      for (const [file, text] of Object.entries(await currentPages()))
        expect([file, textOf(file)]).toEqual([file, text]);
    },
    generationMilliseconds,
  );

  test('given a page, then its blocks are those that a program writes', () => {
    for (const page of allPages) {
      const known = [generatedBlocks, deployedBlocks, measuredBlocks, recordedBlocks].flatMap(
        (pages) => pages[page] ?? [],
      );
      expect([page, [...blocksOf(textOf(page))].sort()]).toEqual([page, known.sort()]);
    }
  });

  test('given the README, then it fits 300 lines', () => {
    expect(readme.split('\n').length).toBeLessThanOrEqual(300);
  });

  test('given a change that the scenarios label, then the README says whether it notifies by default', () => {
    const rows = [...readme.matchAll(/^\| `([\w-]+)` +\|.*\| (notify|record only) +\|$/gm)];
    const documented = new Map(rows.map(([, change = '', default_ = '']) => [change, default_ === 'notify']));
    const defaults = new Map<string, boolean>();
    for (const [, { steps, settings }] of allStories()) {
      if (settings !== undefined) continue;
      for (const { change } of steps)
        if (change !== undefined && change !== 'tampering')
          defaults.set(change, changePolicy(change).notifies);
    }
    expect(documented).toEqual(defaults);
  });

  test('given an example of a configuration, then the stack accepts it', () => {
    // Keys of AWS's own documents, such as policies, begin with a capital letter.
    const examples = ['README.md', 'docs/configuration.md', 'docs/organization.md']
      .flatMap((page) => fencesOf(textOf(page), 'json'))
      .filter((text) => !/^\s*"[A-Z]\w*":/m.test(text));
    expect(examples.length).toBeGreaterThan(3);
    for (const example of examples) expect(() => parseSettings(JSON.parse(example), today)).not.toThrow();
  });

  test('given the settings, then each has a row', () => {
    const rows = [...textOf('docs/configuration.md').matchAll(/^\| `(\w+)` +\|/gm)].map(([, key]) => key);
    const { detection, stack } = parseSettings({}, today);
    const optional = ['organization', 'runbook', 'workingHours'];
    const keys = [...Object.keys(detection), ...Object.keys(stack), ...optional];
    expect([...new Set(rows)].sort()).toEqual([...new Set(keys)].sort());
  });

  test('given a protocol that has a message of its own, then the page of operations says which', () => {
    const page = textOf('docs/operations.md');
    for (const protocol of Object.keys(plainNotification('').bodies))
      expect(page).toContain(`\`${protocol}\``);
  });
});
