import { assigneeFrom } from '../../../../cli/commands/triage/run-assign';
import { runLayerwatch } from '../../run-layerwatch';
import { ana, type DeployedAlert, startDeployedAlert } from './deployed-alert';

describe('assign', () => {
  let deployed: DeployedAlert;
  let id: string;
  beforeAll(async () => {
    deployed = await startDeployedAlert();
    id = deployed.id;
  });
  afterAll(() => deployed.aws.stop());

  const run = (...args: readonly string[]) => runLayerwatch(args, { env: deployed.env });

  test('given a person, then alerts and show name it until it is taken off', async () => {
    const assigned = await run('assign', id, 'ben@example.com');
    const again = await run('assign', id, 'ben@example.com');
    const { stdout: list } = await run('alerts');
    const { stdout: shown } = await run('show', id);
    const taken = await run('assign', id, '--nobody');
    expect(assigned.stdout).toBe(`${id} is assigned to ben@example.com, was to nobody\n`);
    expect([again.exitCode, again.stderr]).toEqual([
      1,
      `error: alert ${id} is unchanged: it is assigned to ben@example.com already\n`,
    ]);
    expect(list).toMatch(/ASSIGNED TO\n.+ {2}ben@example\.com\n$/);
    expect(shown).toMatch(/\nStatus: open, .+, assigned to ben@example\.com\n/);
    expect(shown).toContain(`assign by ${ana}: ben@example.com\n`);
    expect(taken.stdout).toBe(`${id} is assigned to nobody, was to ben@example.com\n`);
    expect((await run('alerts')).stdout).not.toContain('ASSIGNED TO');
  });
});

test.each([
  [undefined, false, 'assign takes either a person or --nobody'],
  ['ana', true, 'assign takes either a person or --nobody'],
  ['', false, '"" is no person; write one line of 1 to 100 characters'],
  ['a\nb', false, '"a\\u{a}b" is no person'],
  ['x'.repeat(101), false, 'is no person; write one line of 1 to 100 characters'],
] as const)(
  'given the person %j and --nobody %j, then one sentence says what to write',
  (name, nobody, sentence) => {
    expect(() => assigneeFrom(name, nobody ? { nobody } : {})).toThrow(sentence);
  },
);
