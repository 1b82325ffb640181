import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationFileName } from '../../config/file';
import { createApp } from '../../lib/app';
import { temporaryFolder } from '../harness/temporary-folder';
import { contextWithoutBundling, keyArn } from '../lib/synthesis';

let folder: string;
const region = process.env['CDK_DEFAULT_REGION'];
beforeEach(() => {
  folder = temporaryFolder();
  process.env['CDK_DEFAULT_REGION'] = 'eu-west-3';
});
afterEach(() => {
  if (region === undefined) delete process.env['CDK_DEFAULT_REGION'];
  else process.env['CDK_DEFAULT_REGION'] = region;
});

describe('the policy checks pass', () => {
  test.each<[string, Record<string, unknown>, readonly string[]]>([
    ['the smallest configuration', { email: 'a@example.com' }, []],
    [
      'everything',
      {
        email: 'a@example.com',
        alarmEmail: 'b@example.com',
        kmsKeyArn: keyArn,
        slack: { workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' },
        selftest: true,
        securityHub: true,
        findingsBusArn: 'arn:aws:events:eu-west-3:123456789012:event-bus/findings',
        routes: [{ name: 'Payments', accounts: ['123456789012'], email: 'c@example.com' }],
        organization: { id: 'o-a1b2c3d4e5', externalId: 'layerwatch', readAccounts: true },
      },
      ['iam::*:role/LayerwatchReadOnly', 'lambda:<AWS::Region>:<AWS::AccountId>:layer:layerwatch-selftest-*'],
    ],
  ])('with %s', (_name, configuration, more) => {
    writeFileSync(join(folder, configurationFileName), JSON.stringify(configuration));
    const app = createApp({
      context: contextWithoutBundling(),
      outdir: join(folder, 'cdk.out'),
      workingFolder: folder,
    });
    app.synth();
    const report = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8'));
    const acknowledged = [
      'Resource::*',
      'cloudformation:<AWS::Region>:<AWS::AccountId>:stack/Layerwatch/*',
      'events:<AWS::Region>:<AWS::AccountId>:rule/*',
      'lambda:*:*:layer:*',
      'lambda:<AWS::Region>:<AWS::AccountId>:function:*',
      ...more,
    ];
    expect(acknowledgedIn(report)).toEqual(
      acknowledged.sort().map((resource) => ['AwsSolutions-IAM5', resource]),
    );
  });
});

interface Report {
  readonly pluginReports: readonly {
    readonly conclusion: string;
    readonly suppressedViolations: readonly { readonly acknowledgedId: string; readonly reason?: string }[];
  }[];
}

/** What was acknowledged, by rule and resource; anything that was not acknowledged fails the synthesis. */
function acknowledgedIn({ pluginReports }: Report): readonly (readonly string[])[] {
  expect(pluginReports.map(({ conclusion }) => conclusion)).toEqual(['success']);
  const ids = pluginReports.flatMap(({ suppressedViolations }) =>
    suppressedViolations.map(({ acknowledgedId }) => acknowledgedId),
  );
  return [...new Set(ids)].sort().map((id) => {
    const [, rule = '', resource = ''] =
      /^AwsSolutions::([^[]+)\[(?:Resource::arn:<AWS::Partition>:)?(.+)\]$/.exec(id) ?? [];
    return [rule, resource];
  });
}

test('a refused configuration ends the synthesis with the list of its problems and no stack trace', () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    [require.resolve('tsx/cli'), join(__dirname, '..', '..', 'bin', 'app.ts')],
    {
      cwd: folder,
      encoding: 'utf8',
      env: {
        ...process.env,
        CDK_OUTDIR: join(folder, 'out'),
        CDK_CONTEXT_JSON: '{"email":"nobody","kmsKeyArn":"x"}',
      },
    },
  );
  expect(stderr).toMatch(
    /^The configuration is refused:\n {2}- email is "nobody"; allowed: .+\n {2}- kmsKeyArn is "x"; allowed: .+\n$/,
  );
  expect(status).toBe(1);
});
