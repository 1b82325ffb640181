import { givenUpdate, layerVersion } from '../../../fixtures/records';
import { type LoopbackDynamoDb, startDynamoDb } from '../../../harness/dynamodb';
import { storesOn } from '../../../harness/dynamodb-stores';
import { accessDenied, type Input, LoopbackAws } from '../../../harness/loopback-aws';
import { PipelineHarness } from '../../../harness/pipeline-harness';
import { runLayerwatch } from '../../run-layerwatch';

const [base, bad] = [layerVersion('base', 1), layerVersion('boto-utils', 3, '999988887777')];
const layer = bad.slice(0, -2);

const table = (LogicalResourceId: string, PhysicalResourceId: string) => ({
  ResourceType: 'AWS::DynamoDB::Table',
  LogicalResourceId: `${LogicalResourceId}12345678`,
  PhysicalResourceId,
});

const nameOf = ({ path }: Input) => decodeURIComponent(String(path)).match(/:function:([^/]+)\//)?.[1] ?? '';

describe('a layer on two functions of a deployed stack', () => {
  let database: LoopbackDynamoDb;
  let aws: LoopbackAws;
  let bench: PipelineHarness;
  /** The layers of each function on the loopback Lambda. */
  let layersOf: Map<string, readonly string[]>;

  beforeEach(async () => {
    database = await startDynamoDb();
    bench = await PipelineHarness.start({}, { opened: storesOn(database) });
    layersOf = new Map();
    for (const name of ['orders', 'payments']) {
      await bench.process(givenUpdate([base], { eventTime: '2026-10-06T20:00:00Z' }, name));
      await bench.process(givenUpdate([base, bad], { eventTime: '2026-10-06T21:00:00Z' }, name));
      layersOf.set(name, [base, bad]);
    }
    aws = await LoopbackAws.start();
    aws
      .on('ListStackResources', () => ({
        StackResourceSummaries: [table('TablesAlerts', 'alerts'), table('TablesState', 'state')],
      }))
      .on('GetCallerIdentity', () => ({ Arn: 'arn:aws:iam::123456789012:user/ana', Account: '123456789012' }))
      .on('GetFunctionConfiguration', (input) => ({
        Layers: (layersOf.get(nameOf(input)) ?? []).map((Arn) => ({ Arn })),
        RevisionId: 'revision-1',
      }))
      .on('UpdateFunctionConfiguration', (input) => {
        layersOf.set(nameOf(input), input['Layers'] as readonly string[]);
        return {};
      });
  });
  afterEach(async () => {
    await bench.stop();
    await aws.stop();
  });

  const layerwatch = (...args: readonly string[]) =>
    runLayerwatch(args, { env: { ...aws.environment, AWS_ENDPOINT_URL_DYNAMODB: database.endpoint } });

  test('given where, then both are listed with time and role', async () => {
    expect(await layerwatch('where', layer)).toEqual({
      exitCode: 0,
      stdout: [
        'FUNCTION  ACCOUNT       REGION     LAYER         SINCE (UTC)       WHO',
        'orders    123456789012  eu-west-3  boto-utils:3  2026-10-06 21:00  role/ci-deploy',
        'payments  123456789012  eu-west-3  boto-utils:3  2026-10-06 21:00  role/ci-deploy',
        '',
      ].join('\n'),
      stderr: 'boto-utils is on 2 functions\n',
    });
  });

  test('given a restore of the layer, then both lose it and keep the other', async () => {
    const { exitCode, stdout } = await layerwatch('restore', '--layer', layer, '--yes');
    expect([exitCode, stdout.match(/restored and verified/g)?.length]).toEqual([0, 2]);
    expect([...layersOf.values()]).toEqual([[base], [base]]);
  });

  test('given a restore of the layer, then the alert of each function has the outcome', async () => {
    const { stdout } = await layerwatch('restore', '--layer', layer, '--yes', '--json');
    const lines = stdout.trim().split('\n');
    expect(lines).toHaveLength(2);
    for (const line of lines) {
      const { alert_id } = JSON.parse(line) as { readonly alert_id: string };
      const alert = await bench.stores.alerts.read(alert_id);
      expect(alert?.history).toMatchObject([{ action: 'restore', reason: `restored and verified: ${base}` }]);
    }
  });

  test('given a function that AWS refuses, then the other loses the layer, and the exit code says that not all was done', async () => {
    aws.on('UpdateFunctionConfiguration', (input) => {
      if (nameOf(input) === 'orders') return accessDenied(input);
      layersOf.set(nameOf(input), input['Layers'] as readonly string[]);
      return {};
    });
    const { exitCode, stdout } = await layerwatch('restore', '--layer', layer, '--yes');
    expect([exitCode, layersOf.get('payments')]).toEqual([1, [base]]);
    expect(stdout).toMatch(/orders .* no +AWS refused: .*not authorized/);
  });

  test('given a dry run, then the commands are printed and nothing is changed', async () => {
    const { stdout } = await layerwatch('restore', '--layer', layer, '--dry-run');
    expect(stdout.split('\n').filter((line) => line.includes(`--layers ${base} `))).toHaveLength(2);
    expect([...layersOf.values()]).toEqual([
      [base, bad],
      [base, bad],
    ]);
  });

  test('given no terminal and no --yes, then nothing is changed', async () => {
    expect(await layerwatch('restore', '--layer', layer)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('pass --yes'),
    });
    expect(aws.called).not.toContain('UpdateFunctionConfiguration');
  });

  test.each([
    [['restore'], 'restore takes either the id of an alert or --layer'],
    [['restore', 'abcdef0123', '--layer', bad], 'restore takes either the id of an alert or --layer'],
    [['restore', '--layer', 'boto-utils'], '"boto-utils" is no ARN of a layer; allowed: arn:aws:lambda:'],
    [['where', 'boto-utils'], '"boto-utils" is no ARN of a layer; allowed: arn:aws:lambda:'],
  ])('given %j, then one sentence says what is allowed', async (words, sentence) => {
    const { exitCode, stderr } = await layerwatch(...words);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(sentence)]);
  });
});
