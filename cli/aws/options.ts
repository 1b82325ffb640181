import type { Command } from 'commander';
import { stackName } from '../../lambda/contract';

/** Options of every command that talks to AWS, named as the AWS CLI names them. */
export interface AwsOptions {
  readonly stack: string;
  readonly profile?: string;
  readonly region?: string;
  readonly json?: boolean;
}

export function withAwsOptions(command: Command, json: string): Command {
  return command
    .option('--json', json)
    .option('--stack <NAME>', 'name of the stack', stackName)
    .option('--profile <NAME>', 'profile of the AWS configuration')
    .option('--region <REGION>', 'region of the stack');
}
