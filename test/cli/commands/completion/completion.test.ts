import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../../harness/temporary-folder';
import { isInstalled } from '../../../harness/tools';
import { projectFolder, runLayerwatch } from '../../run-layerwatch';

async function scriptFile(shell: 'bash' | 'fish' | 'zsh'): Promise<string> {
  const { stdout } = await runLayerwatch(['completion', shell]);
  const file = join(temporaryFolder(), '_layerwatch');
  writeFileSync(file, stdout);
  return file;
}

/** What bash itself offers for words, the last of which is being typed. */
function offered(file: string, words: readonly string[]): readonly string[] {
  const program = `source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 )); _layerwatch; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const output = execFileSync('bash', ['-c', program, file, 'layerwatch', ...words], {
    cwd: projectFolder,
    encoding: 'utf8',
  });
  return output.split('\n').filter((line) => line !== '');
}

const inBash = isInstalled('bash') ? describe : describe.skip;

inBash('completion in bash', () => {
  let file: string;
  beforeAll(async () => {
    file = await scriptFile('bash');
  });

  test.each<[readonly string[], readonly string[]]>([
    [['re'], ['redrive', 'reopen', 'replay', 'report', 'restore']],
    [['alerts', '--ba'], ['--band']],
    [['alerts', '--band', 'h'], ['high']],
    [['alerts', '--since', ''], []],
    [
      ['close', '--re'],
      ['--reason', '--region'],
    ],
    [['explain', 'samp'], ['samples']],
    [['replay', '--config', 'cdk.j'], ['cdk.json']],
    [
      ['completion', ''],
      ['--help', 'bash', 'fish', 'zsh'],
    ],
  ])('given %j, then it offers %j', (words, expected) => {
    expect([...offered(file, words)].sort()).toEqual([...expected].sort());
  });
});

const inZsh = isInstalled('zsh') ? test : test.skip;

inZsh('given zsh, then it reads the script', async () => {
  execFileSync('zsh', ['-n', await scriptFile('zsh')]);
});

const inFish = isInstalled('fish') ? test : test.skip;

inFish('given fish, then it offers what the commands declare', async () => {
  const file = await scriptFile('fish');
  const offeredFor = (line: string) =>
    execFileSync('fish', ['-c', `source ${file}; complete -C '${line}'`], { encoding: 'utf8' })
      .split('\n')
      .flatMap((each) => (each === '' ? [] : [each.split('\t')[0]]));
  expect(offeredFor('layerwatch rep')).toEqual(['replay', 'report']);
  expect(offeredFor('layerwatch alerts --band h')).toEqual(['high']);
});

test('given fish, then the script has each command, with quotes of descriptions escaped', async () => {
  const { stdout } = await runLayerwatch(['completion', 'fish']);
  expect(stdout).toContain(
    "complete -c layerwatch -n '__fish_use_subcommand' -a alerts -d 'Lists the alerts",
  );
  expect(stdout).toContain("-n '__fish_seen_subcommand_from completion' -a 'bash fish zsh'");
  expect(stdout).toContain("-l since -x -d 'from this time on");
  expect(stdout).toMatch(/-l config -r -F -d 'configuration/);
});
