import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventId, givenCreate, givenUpdate, layerVersion } from '../../../fixtures/records';
import { temporaryFolder } from '../../../harness/temporary-folder';
import { fileOf } from '../../../logs/logs';
import { runLayerwatch } from '../../run-layerwatch';

const base = layerVersion('base', 1);
const foreignLayer = layerVersion('boto-utils', 3, '999988887777');
const chosen = eventId();
const records = [
  givenCreate([base], { eventTime: '2026-10-06T09:00:00Z' }),
  givenUpdate([base, foreignLayer], { eventID: chosen, eventTime: '2026-10-06T10:00:00Z' }),
  givenUpdate([base], { eventTime: '2026-10-06T11:00:00Z' }),
  givenUpdate([foreignLayer], { errorCode: 'AccessDenied', eventTime: '2026-10-06T12:00:00Z' }),
];
const file = fileOf(JSON.stringify({ Records: records }));
const explain = (...args: readonly string[]) =>
  runLayerwatch(['explain', ...args], { folder: temporaryFolder() });

describe('explaining a record', () => {
  test('given one of many, then each step is said, with those before it as history', async () => {
    const { stdout, exitCode } = await explain(file, '--event-id', chosen);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^record {6}UpdateFunctionConfiguration20150331v2 at 2026-10-06T10:00:00.000Z\n/);
    expect(stdout).toContain('\nmatch       matches the rule\n');
    expect(stdout).toContain('\nchange      added\n            - kept: base:1, own account\n');
    expect(stdout).toContain('            - added: boto-utils:3, unknown account 999988887777\n');
    expect(stdout).toContain('\nrisk        high 51\n            - 21 rule: base score of the rule\n');
    expect(stdout).toContain('\nexception   none applies\n');
    expect(stdout).toContain('\ndisposition notify\n');
    expect(stdout).toMatch(/\nfolding {5}alert [0-9a-f]{64}\n/);
  });

  test('given one that is no match, then it says why', async () => {
    const { stdout } = await explain(file);
    expect(stdout).toContain('match       does not match the rule\n            - the call failed');
  });

  test('given a call that stops a trail, then it is tampering with its own severity', async () => {
    const stop = {
      ...givenUpdate([]),
      eventSource: 'cloudtrail.amazonaws.com',
      eventName: 'StopLogging',
      requestParameters: { name: 'main' },
      responseElements: null,
    };
    const { stdout, exitCode } = await explain(fileOf(JSON.stringify({ Records: [stop] })));
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^record {6}StopLogging at /);
    expect(stdout).toContain('match       is tampering');
    expect(stdout).toContain('risk        critical ');
    expect(stdout).toContain('disposition notify');
  });

  test('given a configuration, then what it decides is said', async () => {
    const config = join(temporaryFolder(), 'c.json');
    writeFileSync(config, '{"minimumBandToNotify":"critical"}');
    const { stdout } = await explain(file, '--event-id', chosen, '--config', config, '--json');
    const steps = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { step: string; result: string; reasons: string[] });
    expect(steps.find(({ step }) => step === 'disposition')).toEqual({
      step: 'disposition',
      result: 'record',
      reasons: ['the severity high is below minimumBandToNotify critical'],
    });
  });

  test.each([
    ['an id that is not there', [file, '--event-id', 'x'], /holds no record x\n$/],
    ['a file that holds nothing', [fileOf('[]')], /holds no record of Lambda functions or layers\n$/],
  ] as const)('given %s, then it says so', async (_, args, message) => {
    const { stderr, exitCode } = await explain(...args);
    expect(stderr).toMatch(message);
    expect(exitCode).toBe(1);
  });
});
