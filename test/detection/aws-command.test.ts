import { type Argument, awsCommand } from '../../lambda/detection/aws-command';
import { isFunctionName } from '../../lambda/detection/aws-grammar';

const name: Argument = ['--function-name', 'payments', isFunctionName];

test('given values that fit, then the command has its operation, the region and the options in their order', () => {
  expect(awsCommand(['lambda', 'get-function'], 'eu-west-3', [name])).toBe(
    'aws lambda get-function --region eu-west-3 --function-name payments',
  );
});

test('given no region, then the command has none', () => {
  expect(awsCommand(['iam', 'list-roles'], undefined, [name])).toBe(
    'aws iam list-roles --function-name payments',
  );
});

test('given a value without an option, then it follows the value before', () => {
  expect(awsCommand(['x', 'y'], undefined, [name, ['', 'orders', isFunctionName]])).toBe(
    'aws x y --function-name payments orders',
  );
});

test('given words of our own, then they are at the end', () => {
  expect(awsCommand(['x', 'y'], undefined, [name], "--query 'Layers'")).toBe(
    "aws x y --function-name payments --query 'Layers'",
  );
});

test.each<[string, string | undefined, readonly Argument[]]>([
  ['one value that does not fit', undefined, [name, ['--name', 'a b', isFunctionName]]],
  ['a region that is none', 'eu west 3', [name]],
])('given %s, then there is no command', (_, region, values) => {
  expect(awsCommand(['x', 'y'], region, values)).toBeUndefined();
});
