import { Argument, type InferArgument, type InferOptions, Option } from '@commander-js/extra-typings';
import { InvalidArgumentError } from 'commander';
import { stackName } from '../lambda/contract';

export type AnyOption = Option<string, unknown, unknown, unknown, boolean, unknown>;
export type AnyArgument = Argument<string, unknown, unknown, boolean | undefined, unknown>;

/** The values that a handler receives for a list of declared options. */
export type OptionValues<Options extends readonly AnyOption[], Known = object> = Options extends readonly [
  Option<infer Usage, infer Preset, infer Default, infer Coerced, infer Mandatory, infer Choices>,
  ...infer Rest extends readonly AnyOption[],
]
  ? OptionValues<Rest, InferOptions<Known, Usage, Default, Coerced, Mandatory, Preset, Choices>>
  : Known;

/** The values that a handler receives for a list of declared arguments. */
export type ArgumentValues<Arguments extends readonly AnyArgument[]> = Arguments extends readonly [
  Argument<infer Usage, infer Default, infer Coerced, infer Required, infer Choices>,
  ...infer Rest extends readonly AnyArgument[],
]
  ? [InferArgument<Usage, Default, Coerced, Required, Choices>, ...ArgumentValues<Rest>]
  : [];

/** Options of every command that calls AWS, named as the AWS CLI names them. */
export const awsOptions = [
  new Option('--stack <NAME>', 'name of the stack').default(stackName),
  new Option('--profile <NAME>', 'profile of the AWS configuration'),
  new Option('--region <REGION>', 'region of the stack'),
] as const;

export type AwsOptions = OptionValues<typeof awsOptions>;

/** `--json` prints for programs; the description says what one line holds. */
export function jsonOption(description: string) {
  return new Option('--json', description);
}

export const alertIdArgument = new Argument('<ID>', 'id of the alert, or its first digits (6 at least)');

export const alertIdsArgument = new Argument(
  '[IDS...]',
  'ids of alerts, or their first digits (6 at least); - reads them from stdin',
);

/** Parses the value of an option that counts something. */
export function positiveNumber(value: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new InvalidArgumentError(`${value} is no number above 0.`);
  return Number(value);
}

export function configOption(prefix = '') {
  return new Option(
    '--config <FILE>',
    `${prefix}configuration; layerwatch.config.json in this folder by default`,
  );
}
