import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { gzipSync } from 'node:zlib';
import {
  CloudTrailClient,
  CreateTrailCommand,
  DeleteTrailCommand,
  StartLoggingCommand,
} from '@aws-sdk/client-cloudtrail';
import { DisableRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient, ListLayersCommand } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { givenPublish, givenUpdate, layerVersion } from '../fixtures/records';
import { LoopbackEventHistory } from '../harness/loopback-event-history';
import { LoopbackInvoker } from '../harness/loopback-invoker';
import { temporaryFolder } from '../harness/temporary-folder';
import { describeWith } from '../harness/tools';
import { CommandBench } from './command-bench';
import { completeDeployment } from './complete-deployment';
import { actionsBeyond } from './documented-policies';
import { Functions } from './functions';
import { receive, subscribeQueue } from './subscriber';

const foreign = layerVersion('boto-utils', 3, '999988887777');

/** A time of today, so that `alerts` lists it without being asked for more. */
const today = (minutesAgo: number) => ({
  eventTime: new Date(Date.now() - minutesAgo * 60_000).toISOString(),
});

interface Listed {
  readonly layerwatch: {
    readonly alert_id: string;
    readonly status: string;
    readonly target: { readonly name: string };
  };
  readonly history?: readonly { readonly action: string; readonly by: string; readonly reason?: string }[];
}

describeWith(['moto_server', 'script'], 'the commands against a deployed stack', () => {
  let bench: CommandBench;
  let functions: Functions;

  beforeAll(async () => {
    bench = await CommandBench.start();
    functions = new Functions(bench.deployed.detector.roleName);
  });
  afterAll(() => bench?.stop());

  test('given the deployment, then its own calls are those of the documented deployer', () => {
    expect(bench.callsOfDeployer.map(({ action }) => action)).toContain('sts:AssumeRole');
    expect(actionsBeyond('deployer', bench.callsOfDeployer)).toEqual([]);
  });

  async function listed(...args: readonly string[]): Promise<readonly Listed[]> {
    const { stdout } = await bench.run(['alerts', '--json', ...args]);
    return stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Listed]));
  }

  async function alertOf(name: string): Promise<string> {
    const [alert] = await listed('--function', name);
    return alert?.layerwatch.alert_id ?? '';
  }

  async function shown(id: string): Promise<Listed> {
    return JSON.parse((await bench.run(['show', id, '--json'])).stdout) as Listed;
  }

  describe('alerts', () => {
    beforeAll(async () => {
      await bench.detect(
        givenUpdate([foreign], today(30), 'listed-a'),
        givenUpdate(undefined, today(20), 'listed-b'),
        givenPublish('listed-c', 1, today(10)),
      );
    });

    const names = (alerts: readonly Listed[]) =>
      alerts.map(({ layerwatch }) => layerwatch.target.name).filter((name) => name.startsWith('listed'));

    test('given alerts, then the newest comes first and filters narrow the list', async () => {
      expect(names(await listed())).toEqual(['listed-c', 'listed-b', 'listed-a']);
      expect(names(await listed('--band', 'high'))).toEqual(['listed-a']);
      expect(names(await listed('--disposition', 'record'))).toEqual(['listed-b']);
      expect(names(await listed('--status', 'closed'))).toEqual([]);
      expect(names(await listed('--since', '25m'))).toEqual(['listed-c', 'listed-b']);
      expect(names(await listed('--function', 'listed-a', '--account', '123456789012'))).toEqual([
        'listed-a',
      ]);
      expect(
        names(await listed('--function', 'arn:aws:lambda:eu-west-3:123456789012:function:listed-a')),
      ).toEqual(['listed-a']);
      expect(names(await listed('--actor', 'arn:aws:iam::123456789012:role/ci-deploy'))).toHaveLength(3);
    });

    test('given a limit, then the next pages bring the rest, each alert once', async () => {
      const all: string[] = [];
      let page: readonly string[] = [];
      do {
        const ran = await bench.run(['alerts', '--json', '--limit', '1', ...page]);
        all.push(...ran.stdout.split('\n').filter((line) => line !== ''));
        const [, token] = /--page (\S+)/.exec(ran.stderr) ?? [];
        page = token === undefined ? [] : ['--page', token];
      } while (page.length > 0);
      expect(names(all.map((line) => JSON.parse(line) as Listed))).toEqual([
        'listed-c',
        'listed-b',
        'listed-a',
      ]);
    });

    test('given a terminal of 80 columns, then the table fits and has colours, and elsewhere it has none', async () => {
      const { shown } = await bench.terminal(['alerts'], { columns: 80 }).end();
      expect(shown).toContain('\u001b[1m');
      const plain = stripVTControlCharacters(shown).trimEnd().split('\n');
      expect(plain[0]).toContain('AGE');
      const table = plain.filter((line) => !line.startsWith('hidden for lack of columns'));
      expect(Math.max(...table.map((line) => line.length))).toBeLessThanOrEqual(80);
      expect((await bench.run(['alerts'])).stdout).not.toContain('\u001b');
    });
  });

  describe('show, ack, close and reopen', () => {
    test('given an alert, then it is shown as its email, with its record and secrets left out', async () => {
      await bench.detect(givenUpdate([foreign], today(5), 'shown'));
      const id = await alertOf('shown');
      const { stdout } = await bench.run(['show', id.slice(0, 12), '--record']);
      expect(stdout).toMatch(/^HIGH: unknown layer on shown \(/);
      expect(stdout).toContain('Contain now');
      expect(stdout).toContain('Status: open, notified ');
      expect(stdout).toContain('"event_version"');
    });

    test('given decisions, then each is in the history with who, when and why', async () => {
      await bench.detect(givenUpdate([foreign], today(5), 'decided'));
      const id = await alertOf('decided');
      expect((await bench.run(['ack', id])).stdout).toContain('is acknowledged, was open');
      expect((await bench.run(['close', id])).exitCode).toBe(2);
      await bench.run(['close', id, '--reason', 'planned, change 4711']);
      await bench.run(['reopen', id]);
      const alert = await shown(id);
      expect(alert.layerwatch.status).toBe('open');
      expect(alert.history).toMatchObject([
        { action: 'acknowledge', by: expect.stringMatching(/^arn:aws:sts::123456789012:/) },
        { action: 'close', reason: 'planned, change 4711' },
        { action: 'reopen' },
      ]);
    });

    test('given a filter, then its alerts are shown and counted, and changed after a yes', async () => {
      await bench.detect(...['bulk-a', 'bulk-b'].map((name) => givenUpdate([foreign], today(4), name)));
      const args = [
        'close',
        '--since',
        '1h',
        '--account',
        '123456789012',
        '--reason',
        'planned',
        '--status',
        'open',
      ];
      const no = bench.terminal([...args, '--function', 'bulk-a']);
      await no.answer('Close 1 alert? [y/N]', 'n');
      expect(await no.end()).toMatchObject({
        exitCode: 1,
        shown: expect.stringContaining('nothing was changed'),
      });
      const { exitCode, stderr } = await bench.run([...args, '--function', 'bulk-a', '--yes']);
      expect([exitCode, stderr]).toEqual([0, '']);
      expect((await shown(await alertOf('bulk-a'))).layerwatch.status).toBe('closed');
      const again = await bench.run([...args, '--function', 'bulk-a', '--yes']);
      expect(again).toMatchObject({
        exitCode: 1,
        stderr: expect.stringContaining('no alert to close since 1h matches'),
      });
    });

    test('given documents on stdin, then each alert is changed, and one that cannot be is named', async () => {
      await bench.detect(...['piped-a', 'piped-b'].map((name) => givenUpdate([foreign], today(4), name)));
      const ids = [await alertOf('piped-a'), await alertOf('piped-b')];
      await bench.run(['ack', ids[0] ?? '']);
      const documents = ids.map((alert_id) => JSON.stringify({ layerwatch: { alert_id } })).join('\n');
      const { exitCode, stdout, stderr } = await bench.run(['ack', '-'], {}, documents);
      expect(exitCode).toBe(1);
      expect(stdout).toContain(`${ids[1]?.slice(0, 12)} is acknowledged, was open`);
      expect(stderr).toContain(`alert ${ids[0]?.slice(0, 12)} is unchanged: it is acknowledged already`);
      expect(stderr).toContain('1 of 2 alerts are acknowledged now');
    });

    test('given two people at the same time, then one reads that the other was first', async () => {
      await bench.detect(givenUpdate([foreign], today(5), 'contested'));
      const id = await alertOf('contested');
      const both = await Promise.all([
        bench.run(['close', id, '--reason', 'mine']),
        bench.run(['close', id, '--reason', 'no, mine']),
      ]);
      expect(both.map(({ exitCode }) => exitCode).sort()).toEqual([0, 1]);
      expect((await shown(id)).history).toHaveLength(1);
    });

    test.each([
      [['show', 'abc'], 2, /"abc" is no alert id; allowed: 6 to 64 hexadecimal digits/],
      [['show', 'abcdef0123'], 1, /no alert of the last 90 days begins with abcdef0123/],
      [['alerts', '--since', 'soon'], 2, /--since is "soon"; allowed: a duration/],
      [['alerts', '--stack', 'Other'], 3, /^error: no stack "Other" in eu-west-3\. /],
    ])('given %j, then it ends with %s and a sentence', async (args, exitCode, sentence) => {
      const ran = await bench.run(args);
      expect([ran.exitCode, ran.stdout]).toEqual([exitCode, '']);
      expect(ran.stderr).toMatch(sentence);
      expect(ran.stderr).not.toMatch(/\n\s+at /);
    });
  });

  describe('restore', () => {
    /** A function on which a layer was put, and the alert of it. */
    async function attacked(name: string) {
      const [base, bad] = [await functions.layer(`${name}-base`), await functions.layer(`${name}-bad`)];
      await functions.create(name, [base, bad]);
      await bench.detect(givenUpdate([base], today(9), name), givenUpdate([base, bad], today(8), name));
      return { base, bad, id: await alertOf(name) };
    }

    test('given a no, then nothing changes; given a yes, then the layers are as before and the alert says so', async () => {
      const { base, bad, id } = await attacked('asked');
      const no = bench.terminal(['restore', id]);
      await no.answer('Set the 1 layer from before on asked? [y/N]', 'n');
      expect(await no.end()).toMatchObject({
        exitCode: 1,
        shown: expect.stringContaining('nothing was changed'),
      });
      expect(await functions.layersOf('asked')).toEqual([base, bad]);
      const yes = bench.terminal(['restore', id]);
      await yes.answer('[y/N]', 'y');
      const { exitCode, shown: screen } = await yes.end();
      expect(screen).toContain(`1       1         1    ${base}`);
      expect(screen).toContain(`-       2         2    ${bad}`);
      expect(screen).toContain('restored and verified');
      expect(exitCode).toBe(0);
      expect(await functions.layersOf('asked')).toEqual([base]);
      expect((await shown(id)).history).toMatchObject([{ action: 'restore' }]);
      expect((await bench.run(['restore', id])).stdout).toContain('has the layers from before already');
    });

    test('given a dry run, then the command is printed and nothing changes', async () => {
      const { base, bad, id } = await attacked('rehearsed');
      const { stdout } = await bench.run(['restore', id, '--dry-run']);
      expect(stdout).toContain(`--layers ${base}`);
      expect(await functions.layersOf('rehearsed')).toEqual([base, bad]);
    });

    test('given no terminal, then it does not guess the answer; --yes is one', async () => {
      const { base, id } = await attacked('unasked');
      const refused = await bench.run(['restore', id]);
      expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('pass --yes') });
      expect((await bench.run(['restore', id, '--yes', '--json'])).stdout).toContain('"action":"restore"');
      expect(await functions.layersOf('unasked')).toEqual([base]);
    });

    test('given a function that was changed since, then it refuses and says what to do', async () => {
      const { id, bad } = await attacked('moved');
      await functions.setLayers('moved', [bad]);
      const ran = await bench.run(['restore', id, '--yes']);
      expect(ran).toMatchObject({
        exitCode: 1,
        stderr: expect.stringContaining('have changed since the alert'),
      });
      expect(await functions.layersOf('moved')).toEqual([bad]);
    });

    test('given layers that are not known or not there any more, then it refuses and says what to do', async () => {
      await functions.create('unknown-before', []);
      await bench.detect(givenUpdate([foreign], today(9), 'unknown-before'));
      const unknown = await bench.run(['restore', await alertOf('unknown-before'), '--yes']);
      expect(unknown.stderr).toContain('the layers before are not known; find them in earlier versions');
      const { base, id } = await attacked('bereft');
      await functions.deleteLayer(base);
      const gone = await bench.run(['restore', id, '--yes']);
      expect(gone.stderr).toContain(`layer version ${base} from before does not exist any more`);
      const { stderr } = await bench.run(['restore', await missingFunction(), '--yes']);
      expect(stderr).toContain('does not exist any more, so there is nothing to restore');
    });

    async function missingFunction(): Promise<string> {
      await bench.detect(givenUpdate([foreign], today(9), 'never-there'));
      return alertOf('never-there');
    }

    test('given a layer on two functions, then it is taken off both, and each alert says so', async () => {
      const bad = await functions.layer('spread');
      const base = await functions.layer('spread-base');
      for (const name of ['spread-one', 'spread-two']) {
        await functions.create(name, [base, bad]);
        await bench.detect(givenUpdate([base], today(9), name), givenUpdate([base, bad], today(8), name));
      }
      const { stdout } = await bench.run(['where', bad.slice(0, -2)]);
      expect(stdout).toMatch(/^spread-one .*spread:1 .*role\/ci-deploy$/m);
      const asked = bench.terminal(['restore', '--layer', bad]);
      await asked.answer('off 2 functions? [y/N]', 'y');
      const { exitCode, shown: screen } = await asked.end();
      expect([exitCode, screen.match(/restored and verified/g)?.length]).toEqual([0, 2]);
      expect(await functions.layersOf('spread-one')).toEqual([base]);
      expect(await functions.layersOf('spread-two')).toEqual([base]);
      expect((await shown(await alertOf('spread-two'))).history).toMatchObject([{ action: 'restore' }]);
      const again = await bench.run(['restore', '--layer', bad, '--yes']);
      expect(again.stdout).toMatch(/spread-one .* the function has it no more/);
    });

    test('given a published layer, then its users are shown and the version is deleted', async () => {
      const arn = await functions.layer('leaked');
      await functions.create('uses-leaked', [arn]);
      await bench.detect(givenPublish('leaked', 1, today(3)));
      const id = await alertOf('leaked');
      const ran = await bench.run(['restore', id, '--yes']);
      expect(ran.stderr).toContain(':function:uses-leaked');
      expect(ran.stdout).toContain(`deleted and verified: ${arn}`);
      expect((await bench.run(['restore', id, '--yes'])).stdout).toContain('is deleted already');
    });
  });

  describe('doctor', () => {
    const linesOf = async () =>
      (await bench.run(['doctor', '--json'])).stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { check: string; status: string; found: string; fix?: string });
    const statusOf = async (check: string) => (await linesOf()).find((line) => line.check === check);

    test('given a stack as it was just deployed, then each check is a line and what fails has a fix', async () => {
      const ran = await bench.run(['doctor']);
      expect(ran.exitCode).toBe(1);
      expect(ran.stdout).toMatch(/^failed +trail +no trail covers eu-west-3.+\n +Fix: /m);
      for (const { status, fix } of await linesOf()) if (status === 'failed') expect(fix).toBeDefined();
    });

    test('given a trail that logs, a subscriber and a sweep, then these are well', async () => {
      await new S3Client({ forcePathStyle: true }).send(createBucket('audit'));
      const trail = new CloudTrailClient({});
      await trail.send(new CreateTrailCommand({ Name: 'audit', S3BucketName: 'audit' }));
      expect(await statusOf('trail')).toMatchObject({ status: 'failed', found: 'trail audit is stopped' });
      await trail.send(new StartLoggingCommand({ Name: 'audit' }));
      await subscribeQueue(bench.deployed.topicArn);
      await completeDeployment();
      const history = await LoopbackEventHistory.start([]);
      await bench.invoke(bench.deployed.sweeper, [{}], { AWS_ENDPOINT_URL_CLOUDTRAIL: history.endpoint });
      await history.stop();
      const results = new Map((await linesOf()).map(({ check, status }) => [check, status]));
      for (const check of [
        'clock of this machine',
        'trail',
        'rule of layer changes',
        'rule of tampering',
        'detector function',
        'sweeper function',
        'rules outside the detector',
        'invocation of the functions',
        'roles of the functions',
        'policies of the topics',
        'policies of the queues',
        'queue FailedEvents',
        'subscriptions of the alerts',
        'schedule of the sweep',
        'last sweep',
        'baselines',
        'key policy',
      ])
        expect([check, results.get(check)]).toEqual([check, 'ok']);
    });
    afterEach(async () => {
      await new CloudTrailClient({}).send(new DeleteTrailCommand({ Name: 'audit' })).catch(() => {});
    });

    test('given a rule that was disabled and a function with a layer, then both are found', async () => {
      const { detector } = bench.deployed;
      const rule = (await bench.run(['doctor', '--json'])).stdout;
      expect(rule).toContain('"check":"rule of created and deleted functions","status":"ok"');
      await new EventBridgeClient({}).send(
        new DisableRuleCommand({ Name: bench.deployed.lifecycleRuleName }),
      );
      await functions.setLayers(detector.name, [await functions.layer('parasite')]);
      expect(await statusOf('rule of created and deleted functions')).toMatchObject({
        status: 'failed',
        fix: expect.stringContaining('aws events enable-rule'),
      });
      expect(await statusOf('detector function')).toMatchObject({
        status: 'failed',
        found: expect.stringMatching(/it has layer arn:\S+:layer:parasite:1, which was not deployed/),
      });
      await functions.setLayers(detector.name, []);
    });
  });

  describe('selftest', () => {
    test('given a stack that works, then both times are reported, the layer is gone and the alert is closed', async () => {
      await subscribeQueue(bench.deployed.topicArn);
      const running = bench.run(['selftest', '--timeout', '2']);
      const name = await functions.untilPublished('layerwatch-selftest-');
      await bench.detect(givenPublish(name, 1, today(0)));
      const { stdout, exitCode } = await running;
      expect(stdout).toMatch(
        /^passed: alert [0-9a-f]{12} after [\d.]+ s, SNS accepted the message after [\d.]+ s$/m,
      );
      expect(exitCode).toBe(0);
      const { Layers = [] } = await new LambdaClient({}).send(new ListLayersCommand({}));
      expect(Layers.filter(({ LayerName }) => LayerName === name)).toEqual([]);
      const [alert] = await listed('--function', name);
      expect(await shown(alert?.layerwatch.alert_id ?? '')).toMatchObject({
        layerwatch: { status: 'closed' },
        history: [{ action: 'close', reason: 'self-test' }],
      });
    });
  });

  describe('replay from S3', () => {
    const bucket = 'trail';
    const key = (account: string, region: string, day: string, id: string) =>
      `AWSLogs/${account}/CloudTrail/${region}/2026/10/${day}/${account}_CloudTrail_${region}_${id}.json.gz`;

    beforeAll(async () => {
      const client = new S3Client({ forcePathStyle: true });
      await client.send(createBucket(bucket));
      const put = (Key: string, name: string) =>
        client.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key,
            Body: gzipSync(JSON.stringify({ Records: [givenUpdate([foreign], {}, name)] })),
          }),
        );
      await put(key('123456789012', 'eu-west-3', '06', 'a'), 's3-a');
      await put(key('123456789012', 'eu-west-3', '06', 'b'), 's3-b');
      await put(key('123456789012', 'eu-west-3', '07', 'c'), 's3-c');
      await put(key('123456789012', 'us-east-1', '06', 'd'), 's3-d');
      await put(key('210987654321', 'eu-west-3', '06', 'e'), 's3-e');
      await put(
        key('123456789012', 'eu-west-3', '06', 'digest').replace('/CloudTrail/', '/CloudTrail-Digest/'),
        's3-x',
      );
    });

    const found = (stdout: string) =>
      stdout
        .split('\n')
        .flatMap((line) => (line === '' ? [] : [(JSON.parse(line) as Listed).layerwatch.target.name]))
        .sort();

    test('given filters, then only what they want is read, after an estimate', async () => {
      const ran = await bench.run(
        [
          'replay',
          `s3://${bucket}/AWSLogs`,
          '--json',
          '--account',
          '123456789012',
          '--log-region',
          'eu-west-3',
        ].concat(['--from', '2026-10-06', '--to', '2026-10-06']),
      );
      expect(found(ran.stdout)).toEqual(['s3-a', 's3-b']);
      expect(ran.stderr).toMatch(
        /^s3:\/\/trail\/AWSLogs: 2 objects, [\d.]+ (?:bytes|kB); about less than \$0\.01/,
      );
      const all = await bench.run(['replay', `s3://${bucket}`, '--json']);
      expect(found(all.stdout)).toEqual(['s3-a', 's3-b', 's3-c', 's3-d', 's3-e']);
    });

    test('given a dry run, then the estimate is all', async () => {
      const ran = await bench.run(['replay', `s3://${bucket}`, '--dry-run']);
      expect(ran).toMatchObject({ stdout: '', exitCode: 0 });
      expect(ran.stderr.trim().split('\n')).toHaveLength(1);
    });

    test('given a state folder, then a second run continues where the first one was', async () => {
      const state = temporaryFolder();
      const args = ['replay', `s3://${bucket}/AWSLogs/123456789012`, '--json', '--state', state];
      expect(found((await bench.run(args)).stdout)).toHaveLength(4);
      const again = await bench.run(args);
      expect(again.stdout).toBe('');
      expect(again.stderr).toContain('resuming after AWSLogs/123456789012/CloudTrail/us-east-1/2026/10/06/');
    });

    test('given --notify, then the deployed detector is handed what matches; without it nobody is notified', async () => {
      const queueUrl = await subscribeQueue(bench.deployed.topicArn);
      // Other tests have notified before, in any order.
      while ((await receive(queueUrl)).length > 0);
      const invoker = await LoopbackInvoker.start(async (event) => {
        const [result] = (await bench.invoke(bench.deployed.detector, [event])).results;
        return result ?? { ok: false, message: 'no answer' };
      });
      const env = { AWS_ENDPOINT_URL_LAMBDA: invoker.endpoint };
      const address = `s3://${bucket}/AWSLogs/210987654321`;
      await bench.run(['replay', address, '--json'], env);
      expect(await receive(queueUrl)).toEqual([]);
      await bench.run(['replay', address, '--json', '--notify'], env);
      expect((await receive(queueUrl)).map(({ layerwatch }) => layerwatch.target.name)).toEqual(['s3-e']);
      await invoker.stop();
    });
  });

  test('given alerts in the table, then the report holds them', async () => {
    await bench.detect(givenUpdate([foreign], today(5), 'reported'));
    const file = join(temporaryFolder(), 'report.html');
    expect((await bench.run(['report', '-o', file])).exitCode).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain('"target":"function reported"');
  });
});

function createBucket(Bucket: string): CreateBucketCommand {
  return new CreateBucketCommand({
    Bucket,
    CreateBucketConfiguration: { LocationConstraint: 'eu-west-3' },
  });
}
