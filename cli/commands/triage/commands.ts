import { Command } from 'commander';
import type { TriageAction } from '../../../lambda/detection/triage';
import { type AwsOptions, withAwsOptions } from '../../aws/options';
import type { ExitCode } from '../../exit-code';

export interface ShowOptions extends AwsOptions {
  readonly record?: boolean;
}

export interface TriageOptions extends AwsOptions {
  readonly reason?: string;
}

const codes = 'Exit codes: 0 done, 1 not done, 2 wrong use, 3 AWS refused.';
const idHelp = 'id of the alert, or its first digits (6 at least)';

export function showCommand(finish: (code: ExitCode) => void): Command {
  const command = new Command('show')
    .description('Tells one alert as its email does, with what was done about it.')
    .argument('<ID>', idHelp)
    .option('--record', 'with the CloudTrail record');
  return withAwsOptions(command, 'print the finding document, with its history')
    .addHelpText(
      'after',
      `
Examples:
  layerwatch show b779bd22633d
  layerwatch show b779bd22633d --record
  layerwatch show b779bd22633d --json | jq .layerwatch.risk

${codes}`,
    )
    .exitOverride()
    .action(async (id: string, options: ShowOptions) => {
      const { runShow } = require('./run-show') as typeof import('./run-show');
      finish(await runShow(id, options));
    });
}

interface TriageHelp {
  readonly name: string;
  readonly action: TriageAction;
  readonly description: string;
  readonly examples: readonly string[];
  readonly reasonIsRequired?: true;
}

const triageHelps: readonly TriageHelp[] = [
  {
    name: 'ack',
    action: 'acknowledge',
    description: 'Says that you have seen an alert and look after it.',
    examples: [
      'layerwatch ack b779bd22633d',
      'layerwatch ack b779bd22633d --reason "asking the platform team"',
    ],
  },
  {
    name: 'close',
    action: 'close',
    description: 'Closes an alert. One that rises or is put back opens again by itself.',
    examples: ['layerwatch close b779bd22633d --reason "planned rollout, change 4711"'],
    reasonIsRequired: true,
  },
  {
    name: 'reopen',
    action: 'reopen',
    description: 'Opens an alert again.',
    examples: ['layerwatch reopen b779bd22633d --reason "the same role came back"'],
  },
];

/** The commands that change an alert's status. */
export const triageCommands = triageHelps.map(
  ({ name, action, description, examples, reasonIsRequired }) =>
    (finish: (code: ExitCode) => void): Command => {
      const command = new Command(name).description(description).argument('<ID>', idHelp);
      const withReason =
        reasonIsRequired === true
          ? command.requiredOption('--reason <TEXT>', 'why, for whoever reads the history')
          : command.option('--reason <TEXT>', 'why, for whoever reads the history');
      return withAwsOptions(withReason, 'print the status and the history')
        .addHelpText(
          'after',
          `\nExamples:\n${examples.map((example) => `  ${example}`).join('\n')}\n\nKept in the alert with who (as AWS STS names the caller), when and why. Refused where somebody else was first or the\nalert rose meanwhile.\n\n${codes}`,
        )
        .exitOverride()
        .action(async (id: string, options: TriageOptions) => {
          const { runTriage } = require('./run-triage') as typeof import('./run-triage');
          finish(await runTriage(id, action, options));
        });
    },
);
