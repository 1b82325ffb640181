import {
  isAccessKeyId,
  isFunctionName,
  isLayerName,
  isLayerVersionArn,
  isPrincipalName,
  isRegion,
  isRevisionId,
  isTrailOrRuleName,
} from '../../lambda/detection/aws-grammar';

interface Grammar {
  readonly fits: (text: string) => boolean;
  readonly allowed: readonly string[];
  readonly refused: readonly string[];
}

const account = '123456789012';
const revision = '0a1b2c3d-0000-4000-8000-00000000000f';
const version = `arn:aws:lambda:eu-west-3:${account}:layer:boto-utils:3`;

const grammars: readonly (readonly [string, Grammar])[] = [
  [
    'a function name',
    {
      fits: isFunctionName,
      allowed: ['a', '_A-9', 'a'.repeat(64)],
      refused: ['', '-a', 'a'.repeat(65), 'a.b', ' a', 'a\n', 'file://a'],
    },
  ],
  [
    'a layer name',
    {
      fits: isLayerName,
      allowed: ['a', '_A-9', 'a'.repeat(140)],
      refused: ['', '-a', 'a'.repeat(141), 'a.b', ' a'],
    },
  ],
  [
    'the ARN of a layer version',
    {
      fits: isLayerVersionArn,
      allowed: [
        version,
        `arn:aws-us-gov:lambda:us-gov-east-1:${account}:layer:A_b-9:123456789012`,
        `arn:aws-a-b-c:lambda:eu-a-b-c-1:${account}:layer:${'a'.repeat(140)}:1`,
      ],
      refused: [
        ` ${version}`,
        `${version}x`,
        `arn:AWS:lambda:eu-west-3:${account}:layer:a:3`,
        `arn:aws-:lambda:eu-west-3:${account}:layer:a:3`,
        `arn:aws-a-b-c-d:lambda:eu-west-3:${account}:layer:a:3`,
        `arn:aws:s3:eu-west-3:${account}:layer:a:3`,
        `arn:aws:lambda:eu:${account}:layer:a:3`,
        `arn:aws:lambda:-west-3:${account}:layer:a:3`,
        `arn:aws:lambda:eu-a-b-c-d-1:${account}:layer:a:3`,
        'arn:aws:lambda:eu-west-3:12345678901:layer:a:3',
        'arn:aws:lambda:eu-west-3:12345678901x:layer:a:3',
        `arn:aws:lambda:eu-west-3:${account}:layer::3`,
        `arn:aws:lambda:eu-west-3:${account}:layer:${'a'.repeat(141)}:3`,
        `arn:aws:lambda:eu-west-3:${account}:layer:a;b:3`,
        `arn:aws:lambda:eu-west-3:${account}:layer:a:`,
        `arn:aws:lambda:eu-west-3:${account}:layer:a:1234567890123`,
      ],
    },
  ],
  [
    'a region',
    {
      fits: isRegion,
      allowed: ['eu-west-3', 'us-gov-east-1', 'eusc-de-east-1', 'ap-southeast-12'],
      refused: [
        '',
        'e-west-3',
        'euabc-west-3',
        'eu-3',
        'eu-w-3',
        'eu-abcdefghijk-3',
        'eu-aa-bb-cc-dd-3',
        'eu-west-',
        'eu-west-123',
        'eu-west-3 ',
        ' eu-west-3',
        'EU-west-3',
        'eu-WEST-3',
        'eu-west-x',
      ],
    },
  ],
  [
    'a revision id',
    {
      fits: isRevisionId,
      allowed: [revision],
      refused: [
        `x${revision}`,
        `${revision}0`,
        revision.slice(1),
        revision.slice(0, -1),
        revision.toUpperCase(),
        '0a1b2c3d-0000-4000-00000000000f',
        revision.replace('0a', 'g0'),
        revision.replace('-4000', '-g000'),
        revision.replace('f', 'g'),
      ],
    },
  ],
  [
    'the name of a trail or rule',
    {
      fits: isTrailOrRuleName,
      allowed: ['a', '9A._-', 'a'.repeat(128)],
      refused: ['', '-a', '.a', '_a', 'a'.repeat(129), 'a/b', ' a', 'arn:aws'],
    },
  ],
  [
    'the name of a role or user',
    {
      fits: isPrincipalName,
      allowed: ['a', '_+=,.@', 'A-9', 'a'.repeat(64)],
      refused: ['', '-a', 'a'.repeat(65), 'a/b', ' a', 'a$b'],
    },
  ],
  [
    'an access key',
    {
      fits: isAccessKeyId,
      allowed: ['AKIAEXAMPLE000000002', `AKIA${'A'.repeat(12)}`, `AKIA${'9'.repeat(124)}`],
      refused: [
        `ASIA${'A'.repeat(16)}`,
        `AKIA${'A'.repeat(11)}`,
        `AKIA${'A'.repeat(125)}`,
        `AKIA${'a'.repeat(16)}`,
        ` AKIA${'A'.repeat(16)}`,
      ],
    },
  ],
];

describe.each(grammars)('%s', (_, { fits, allowed, refused }) => {
  test.each(allowed)('given %j, which AWS allows, then it fits', (text) => {
    expect(fits(text)).toBe(true);
  });

  test.each(refused)('given %j, which AWS does not allow, then it does not fit', (text) => {
    expect(fits(text)).toBe(false);
  });
});
