import { isRegion } from './aws-grammar';

/** An option, its value, and the grammar of the value; without a name it is one more value of the option before. */
export type Argument = readonly [option: string, value: string, fits: (text: string) => boolean];

/**
 * A command of the AWS CLI to paste into a shell. Nothing in it needs a quotation, because every value is of AWS's own grammar;
 * `undefined` where one is not.
 *
 * @param rest our own words behind the values, for example a `--query`
 */
export function awsCommand(
  operation: readonly string[],
  region: string | undefined,
  values: readonly Argument[],
  rest?: string,
): string | undefined {
  const all: readonly Argument[] =
    region === undefined ? values : [['--region', region, isRegion], ...values];
  if (all.some(([, value, fits]) => !fits(value))) return undefined;
  const words = all.flatMap(([option, value]) => (option === '' ? [value] : [option, value]));
  return ['aws', ...operation, ...words, ...(rest === undefined ? [] : [rest])].join(' ');
}
