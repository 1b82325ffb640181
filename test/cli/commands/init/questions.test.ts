import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { givenUpdate } from '../../../fixtures/records';
import { accessDenied, LoopbackAws } from '../../../harness/loopback-aws';
import { temporaryFolder } from '../../../harness/temporary-folder';
import { Terminal } from '../../../harness/terminal';
import { isInstalled } from '../../../harness/tools';

const onTerminal = isInstalled('script') ? describe : describe.skip;

const calls = (input: Readonly<Record<string, unknown>>) => ({
  Events: JSON.stringify(input).includes('"UpdateFunctionConfiguration20150331v2"')
    ? [{ CloudTrailEvent: JSON.stringify(givenUpdate([])) }]
    : [],
});

onTerminal('init on a terminal', () => {
  const root = temporaryFolder();
  let count = 0;
  let aws: LoopbackAws;
  let folder: string;
  let file: string;
  beforeAll(async () => {
    aws = await LoopbackAws.start();
  });
  afterAll(() => aws.stop());
  beforeEach(() => {
    aws.on('LookupEvents', calls);
    folder = join(root, String(++count));
    mkdirSync(folder);
    file = join(folder, 'layerwatch.config.json');
  });

  const start = () => Terminal.start(['init'], aws.environment, { folder });
  const written = () => JSON.parse(readFileSync(file, 'utf8')) as unknown;

  async function answered(terminal: Terminal, last: string): Promise<void> {
    await terminal.answer('Email address', 'security@example.com');
    await terminal.answer('Slack channel', '');
    await terminal.answer('Working hours', 'mon-fri 08:00-19:00 UTC');
    await terminal.answer('Deployers to add', '1');
    await terminal.answer('Write layerwatch.config.json? [y/N]', last);
  }

  test('given an answer to each question, then the file has them', async () => {
    const terminal = start();
    await answered(terminal, 'y');
    const { exitCode } = await terminal.end();
    expect([exitCode, written()]).toEqual([
      0,
      {
        email: 'security@example.com',
        workingHours: {
          timeZone: 'UTC',
          days: ['mon', 'tue', 'wed', 'thu', 'fri'],
          from: '08:00',
          to: '19:00',
        },
        deployers: [{ name: 'ci-deploy', principal: 'arn:aws:iam::123456789012:role/ci-deploy' }],
      },
    ]);
  });

  test('given a no at the end, then nothing is written', async () => {
    const terminal = start();
    await answered(terminal, '');
    const { exitCode, shown } = await terminal.end();
    expect([exitCode, existsSync(file)]).toEqual([1, false]);
    expect(shown).toContain('error: layerwatch.config.json was not written');
  });

  test('given a wrong answer, then it says what is allowed and asks again', async () => {
    const terminal = start();
    await terminal.answer('Email address', 'security');
    await terminal.type('email is "security"; allowed: one email address', '\u0003');
    const { exitCode, shown } = await terminal.end();
    expect(exitCode).toBe(130);
    expect(shown.match(/Email address that receives/g)).toHaveLength(2);
  });

  test.each(['Email address', 'Slack channel', 'Working hours', 'Deployers to add', 'Write'])(
    'given Ctrl-C at the question %s, then nothing is written',
    async (question) => {
      const terminal = start();
      for (const earlier of [
        'Email address',
        'Slack channel',
        'Working hours',
        'Deployers to add',
        'Write',
      ]) {
        if (earlier === question) break;
        await terminal.answer(earlier, '');
      }
      await terminal.type(question, '\u0003');
      const { exitCode, shown } = await terminal.end();
      expect([exitCode, existsSync(file)]).toEqual([130, false]);
      expect(shown).toContain('error: cancelled; nothing was written');
    },
  );

  test('given Ctrl-C while the event history is read, then nothing is written', async () => {
    aws.on('LookupEvents', (input) => ({ ...calls(input), NextToken: 'more' }));
    const terminal = start();
    for (const question of ['Email address', 'Slack channel', 'Working hours'])
      await terminal.answer(question, '');
    await terminal.type('Reading who changed', '\u0003');
    const { exitCode, shown } = await terminal.end();
    expect([exitCode, existsSync(file)]).toEqual([130, false]);
    expect(shown).toContain('error: cancelled; nothing was written');
  });

  test('given a role that may not read the event history, then it says so and asks all the same', async () => {
    aws.on('LookupEvents', accessDenied);
    const terminal = start();
    for (const question of ['Email address', 'Slack channel', 'Working hours'])
      await terminal.answer(question, '');
    await terminal.type('Deployers to add, ARNs of roles or users [none]', '\u0003');
    const { shown } = await terminal.end();
    expect(shown).toContain('The event history was not read, so nobody is proposed: AWS refused: User:');
  });

  test('given a file, then Enter keeps what it says', async () => {
    const before = {
      email: 'old@example.com',
      deployers: [{ name: 'x', principal: 'arn:aws:iam::123456789012:role/x' }],
    };
    writeFileSync(file, JSON.stringify(before));
    const terminal = start();
    await terminal.answer('[old@example.com]', '');
    for (const question of ['Slack channel', 'Working hours']) await terminal.answer(question, '');
    await terminal.answer('[the 1 of the file]', '');
    const { exitCode } = await terminal.end();
    expect([exitCode, written()]).toEqual([0, before]);
  });
});
