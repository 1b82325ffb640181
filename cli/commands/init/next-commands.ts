import { stackName } from '../../../lambda/contract';
import { quoteForShell } from '../../../lambda/text/shell';
import type { AwsOptions } from '../../options';
import { plainTable } from '../../output/table';

/** The three commands that follow, each with what it does. */
export function nextCommands(config: string | undefined, options: AwsOptions): readonly string[] {
  const { profile, region, stack } = options;
  const own = [
    ...(profile === undefined ? [] : ['--profile', profile]),
    ...(region === undefined ? [] : ['--region', region]),
    ...(stack === stackName ? [] : ['--stack', stack]),
  ];
  const deploy = [
    ...(profile === undefined ? [] : ['--profile', profile]),
    ...(config === undefined ? [] : ['-c', `config=${config}`]),
  ];
  const learn = config === undefined ? own : ['--config', config, ...own];
  const place = region === undefined ? '' : `AWS_REGION=${quoteForShell(region)} `;
  const rows = [
    [`${place}${command('npx cdk deploy', deploy)}`, 'then confirm the subscription that the email asks for'],
    [command('npx layerwatch learn', learn), 'what the last 90 days would have alerted, and what they teach'],
    [command('npx layerwatch doctor', own), 'whether a layer change would be seen and notified'],
  ];
  return [
    '',
    'Next:',
    ...plainTable(['', ''], rows)
      .split('\n')
      .slice(1)
      .map((line) => `  ${line}`),
  ];
}

function command(name: string, words: readonly string[]): string {
  return [name, ...words.map(quoteForShell)].join(' ');
}
