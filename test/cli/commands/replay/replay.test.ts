import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  givenEnvelope,
  givenPublish,
  givenUpdate,
  layerVersion,
  userIdentity,
} from '../../../fixtures/records';
import { hasEnded } from '../../../harness/processes';
import { temporaryFolder } from '../../../harness/temporary-folder';
import { waitUntil } from '../../../harness/wait-until';
import { fileOf } from '../../../logs/logs';
import { documentsOf, type Ran, runLayerwatch, startLayerwatch, summaryOf } from '../../run-layerwatch';

const foreign = layerVersion('boto-utils', 3, '999988887777');

const update = givenUpdate([foreign]);
const records = [
  update,
  givenPublish('util', 7),
  givenUpdate(),
  givenUpdate([foreign], { userIdentity }, 'orders'),
];

const replayJson = (args: readonly string[], input?: string): Promise<Ran> =>
  runLayerwatch(['replay', '--json', ...args], {
    folder: temporaryFolder(),
    ...(input === undefined ? {} : { input }),
  });

describe('the same alerts come out of every shape of log', () => {
  const shapes: readonly (readonly [string, () => Promise<Ran>])[] = [
    ['a log file', () => replayJson([fileOf(JSON.stringify({ Records: records }))])],
    [
      'a gzip log file',
      () => replayJson([fileOf(gzipSync(JSON.stringify({ Records: records })), 'a.json.gz')]),
    ],
    ['an array on stdin', () => replayJson(['-'], JSON.stringify(records))],
    ['a line a record', () => replayJson(['-'], records.map((each) => JSON.stringify(each)).join('\n'))],
    [
      'records without separators',
      () => replayJson(['-'], records.map((each) => JSON.stringify(each)).join('')),
    ],
    ['EventBridge envelopes', () => replayJson(['-'], JSON.stringify(records.map(givenEnvelope)))],
    [
      'the output of LookupEvents',
      () =>
        replayJson(
          ['-'],
          JSON.stringify({ Events: records.map((each) => ({ CloudTrailEvent: JSON.stringify(each) })) }),
        ),
    ],
  ];
  let expected: readonly unknown[];
  beforeAll(async () => {
    expected = identities(await replayJson([fileOf(JSON.stringify(records))]));
  });

  test.each(shapes)('given %s, then the alerts and the counts are the same', async (_, run) => {
    const ran = await run();
    expect(ran.exitCode).toBe(0);
    expect(identities(ran)).toEqual(expected);
    expect(expected).toHaveLength(4);
    expect(summaryOf(ran)).toEqual({
      records: 4,
      rejected: 0,
      matched: 4,
      alerts: 4,
      notified: 3,
      recorded: 1,
      excepted: 0,
      withheld: 0,
      duplicates: 0,
    });
  });
});

function identities(ran: Ran): readonly unknown[] {
  return documentsOf(ran).map(({ layerwatch }) => {
    const { alert_id, occurrences, disposition } = layerwatch;
    return [alert_id, occurrences, disposition];
  });
}

describe('what a replay keeps', () => {
  test('given the same state, when the logs are replayed again, then nothing is notified or counted anew', async () => {
    const [file, state] = [fileOf(JSON.stringify(records)), join(temporaryFolder(), 'state')];
    const first = await replayJson([file, '--state', state]);
    const second = await replayJson([file, '--state', state]);
    expect(summaryOf(first)).toMatchObject({ notified: 3, duplicates: 0 });
    expect(summaryOf(second)).toMatchObject({ alerts: 4, notified: 0, duplicates: 4 });
    expect(second.stdout).toBe(first.stdout);
  });

  test('given a folder for messages, then each is there as SNS would get it', async () => {
    const messages = join(temporaryFolder(), 'out');
    await replayJson([fileOf(JSON.stringify([update])), '--messages', messages]);
    const [name = ''] = readdirSync(messages);
    const { Subject, Message } = JSON.parse(readFileSync(join(messages, name), 'utf8')) as {
      Subject: string;
      Message: Record<string, string>;
    };
    const document = JSON.parse(Message['sqs'] ?? '') as { layerwatch: { alert_id: string } };
    expect(name).toBe(`1-${document.layerwatch.alert_id}.json`);
    expect(Subject).toContain('payments');
    expect(Object.keys(Message)).toEqual(
      expect.arrayContaining(['default', 'email', 'https', 'sqs', 'lambda']),
    );
    expect(Message['email']).toContain('boto-utils');
  });

  test('given a replay that is killed, when it is started again, then nothing is lost and the counts are exact', async () => {
    const many = Array.from({ length: 400 }, (_, index) => givenUpdate([foreign], {}, `f${index % 40}`));
    const folder = temporaryFolder();
    const [state, messages] = [join(folder, 'state'), join(folder, 'out')];
    const args = ['replay', '--json', '-', '--state', state, '--messages', messages];
    const killed = startLayerwatch(args, { folder });
    // It cannot end before it is killed: only the first records come in, and its input stays open.
    killed.stdin.write(linesOf(many.slice(0, 20)));
    await waitUntil({
      description: 'five messages',
      found: () => existsSync(messages) && readdirSync(messages).length >= 5,
      givenUp: () => (hasEnded(killed) ? 'the replay has ended' : undefined),
    });
    killed.kill('SIGKILL');
    await once(killed, 'close');
    const again = await runLayerwatch(args, { folder, input: linesOf(many) });
    expect(again.exitCode).toBe(0);
    expect(documentsOf(again).map(({ layerwatch }) => layerwatch.occurrences)).toEqual(
      Array.from({ length: 40 }, () => 10),
    );
    // SNS had accepted and the note was not written: the one message that may come twice.
    const notified = readdirSync(messages).length;
    expect(notified === 40 || notified === 41).toBe(true);
  });
});

function linesOf(values: readonly unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}

describe('what the counts do not say', () => {
  test('given a folder with files of other names, then they are named once and the exit code is 0', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'a.json'), JSON.stringify([update]));
    for (const name of ['b.json.cloudtrail', 'c.csv']) writeFileSync(join(folder, name), '');
    const ran = await replayJson([folder]);
    expect(ran.exitCode).toBe(0);
    expect(ran.stderr).toMatch(
      /^2 files were not read because of the name: \S+b\.json\.cloudtrail, \S+c\.csv; /,
    );
  });

  test('given more records of other calls than are parsed, then it is said how many were counted only', async () => {
    const quiet = Array.from({ length: 1_000 }, () => ({ ...records[2], eventName: 'Decrypt' }));
    const ran = await replayJson([fileOf(JSON.stringify({ Records: quiet }))]);
    expect(ran.stderr).toMatch(/^\d+ of 1000 records are of other calls: they were counted/);
    expect(summaryOf(ran)).toMatchObject({ records: 1_000, rejected: 0, matched: 0 });
  });
});

describe('bad input is named, the rest is processed, and the exit code is 1', () => {
  test('given a broken line, then file and place are on stderr', async () => {
    const file = fileOf(`${JSON.stringify(update)}\n{"eventName": nope}\n${JSON.stringify(records[1])}\n`);
    const ran = await replayJson([file]);
    expect(ran.exitCode).toBe(1);
    expect(ran.stderr).toContain(`${file}: line 2, column 16: `);
    expect(summaryOf(ran)).toMatchObject({ records: 2, rejected: 1, matched: 2 });
  });

  test('given an event that is not CloudTrail, then it is refused and not counted as a record', async () => {
    const file = fileOf(
      JSON.stringify([{ 'detail-type': 'EC2 Instance State-change Notification', detail: {} }, update]),
    );
    const ran = await replayJson([file]);
    expect(ran.exitCode).toBe(1);
    expect(summaryOf(ran)).toMatchObject({ records: 1, rejected: 1, alerts: 1 });
  });

  test('given a thousand values that are no records, then one line names them', async () => {
    const ran = await replayJson([fileOf(Array.from({ length: 1_000 }, () => '{"a":1}').join('\n'))]);
    expect(ran.exitCode).toBe(1);
    expect(ran.stderr.trim().split('\n')).toHaveLength(2);
    expect(ran.stderr).toContain('1000 places (line 1, column 1; ');
    expect(summaryOf(ran)).toMatchObject({ records: 0, rejected: 1_000 });
  });

  test('given a path that is not there, then it is named', async () => {
    const ran = await replayJson(['/nowhere/at-all']);
    expect(ran).toMatchObject({ exitCode: 1, stdout: '' });
    expect(ran.stderr).toContain('/nowhere/at-all: there is no such file or folder\n');
  });

  test('given a path that is not there, then nothing is said of alerts', async () => {
    const ran = await runLayerwatch(['replay', '/nowhere/at-all']);
    expect(ran).toMatchObject({ exitCode: 1, stdout: '' });
  });
});

describe('a wrong use is refused with a sentence and exit code 2', () => {
  const settings = (content: unknown): string => fileOf(JSON.stringify(content), 'layerwatch.config.json');
  const uses: readonly (readonly [string, readonly string[], string])[] = [
    ['an unknown command', ['watch'], "unknown command 'watch'"],
    ['an unknown option', ['replay', '--jsonn'], "unknown option '--jsonn'"],
    ['an option without its value', ['replay', '--state'], "option '--state <DIR>' argument missing"],
    [
      'a configuration that is not there',
      ['replay', '--config', '/nowhere.json'],
      '/nowhere.json cannot be read',
    ],
    [
      'an unknown key',
      ['replay', '--config', settings({ notifyOnn: 'x' })],
      'notifyOnn is not known; the nearest known key is notifyOn',
    ],
    ['a wrong value', ['replay', '--config', settings({ foldingWindowMinutes: 0 })], 'foldingWindowMinutes'],
    ['a state folder that is a file', ['replay', '--state', settings({})], 'EEXIST'],
  ];
  test.each(uses)('given %s', async (_, args, words) => {
    const ran = await runLayerwatch(args, { folder: temporaryFolder() });
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toContain(words);
    expect(ran.stderr).not.toMatch(/^\s+at /m);
    expect(ran.stdout).toBe('');
  });

  test('given no command, then the help is shown', async () => {
    const ran = await runLayerwatch([]);
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toContain('Usage: layerwatch');
  });
});

describe('what a person sees', () => {
  test('given no path, then the sample set comes as a table and the worst alert as its email', async () => {
    const ran = await runLayerwatch(['replay']);
    expect(ran.exitCode).toBe(0);
    expect(ran.stdout).toMatch(/^b779bd22633d .+ critical 76 +open +notified +added x2 +payments /m);
    expect(ran.stdout).toContain('The worst of them, as its email:');
    expect(ran.stdout).not.toContain('\u001b');
  });

  test('given a configuration in the working folder, then it applies', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'layerwatch.config.json'), '{"minimumBandToNotify":"critical"}');
    const ran = await runLayerwatch(['replay', '--json', fileOf(JSON.stringify(records))], { folder });
    expect(summaryOf(ran)).toMatchObject({ alerts: 4, notified: 0, recorded: 4 });
  });
});
