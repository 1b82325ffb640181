import { Command } from 'commander';
import { type AwsOptions, withAwsOptions } from '../../aws/options';
import type { ExitCode } from '../../exit-code';

export interface ReportOptions extends AwsOptions {
  readonly output: string;
  readonly since: string;
  readonly until?: string;
  readonly config?: string;
}

const examples = `
Examples:
  layerwatch report --since 30d                         the deployed stack's alerts
  layerwatch report ./AWSLogs -o september.html         logs on this machine, without AWS
  layerwatch replay ./AWSLogs --json | layerwatch report --findings - -o report.html

Writes one HTML file that holds everything and asks nobody for anything: filters, search, a chart, the worst ten with their
layers, light and dark, for a phone and for paper.

Exit codes: 0 done, 1 done but some input could not be read, 2 wrong use, 3 AWS refused.`;

export function reportCommand(finish: (code: ExitCode) => void): Command {
  const command = new Command('report')
    .description('Writes a report as one HTML file.')
    .argument('[PATH...]', 'CloudTrail logs to replay for it; without, the alerts of the deployed stack')
    .option('-o, --output <FILE>', 'the file, - for stdout', 'layerwatch-report.html')
    .option('--since <TIME>', 'of the stack: from then on', '30d')
    .option('--until <TIME>', 'of the stack: until then')
    .option('--findings <FILE>', 'what replay --json printed, - for stdin')
    .option('--config <FILE>', 'of logs: configuration; layerwatch.config.json in this folder by default');
  return withAwsOptions(command, 'print the data of the page instead')
    .addHelpText('after', examples)
    .exitOverride()
    .action(async (paths: readonly string[], options: ReportOptions & { readonly findings?: string }) => {
      const { runReport } = require('./run-report') as typeof import('./run-report');
      finish(await runReport(paths, options));
    });
}
