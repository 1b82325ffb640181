import type { Template } from 'aws-cdk-lib/assertions';
import { watchedCalls } from '../../lambda/detection/watched-calls';
import { resourcesOf, templateOf } from '../lib/synthesis';
import { textOf } from './pages';

interface DocumentedStatement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Principal: { readonly AWS: string };
  readonly Action: string;
  readonly Resource: string;
  readonly Condition: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const page = textOf('docs/organization.md');
const blocks: readonly unknown[] = [...page.matchAll(/```json\n([\s\S]+?)```/g)].map(([, json = '']) =>
  JSON.parse(json),
);
const keyArn = 'arn:aws:kms:eu-west-3:210987654321:key/11111111-2222-3333-4444-555555555555';

const policies = blocks.filter((block): block is readonly DocumentedStatement[] => Array.isArray(block));
const statementOf = (action: string) =>
  policies.flat().find(({ Action }) => Action === action) as DocumentedStatement;

let template: Template;
beforeAll(() => {
  template = templateOf({ trailBucket: { bucket: 'audit-logs', keyArn } });
});

test.each(['s3:GetObject', 's3:ListBucket', 'kms:Decrypt'])(
  'given the documented statement for %s, then it admits the role of the log reader alone',
  (action) => {
    const pattern = statementOf(action).Condition['ArnLike']?.['aws:PrincipalArn'] ?? '';
    const prefix = /role\/Layerwatch-(\w+)\*$/.exec(pattern)?.[1] ?? '-';
    const roles = Object.keys(resourcesOf(template, 'AWS::IAM::Role')).filter((id) => id.startsWith(prefix));
    expect(roles).toEqual([expect.stringContaining('LogReaderRole')]);
  },
);

test.each(['s3:GetObject', 's3:ListBucket'])(
  "given the documented statement for %s, then its resource is that of the role's own policy",
  (action) => {
    const role = JSON.stringify(
      Object.entries(resourcesOf(template, 'AWS::IAM::Role')).find(([id]) => id.startsWith('LogReader')),
    );
    expect(role).toContain(action);
    expect(role).toContain(`${statementOf(action).Resource.replace('arn:aws', '')}"`);
  },
);

test('given the documented policies, then each statement admits the account of the hub under a condition', () => {
  expect(policies.flat()).toHaveLength(4);
  for (const statement of policies.flat())
    expect(statement).toMatchObject({
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:root' },
      Condition: expect.anything(),
    });
});

test('given the documented configuration of the bucket, then the stack accepts it', () => {
  const configurations = blocks.filter((block): block is Record<string, unknown> =>
    Object.hasOwn(Object(block), 'trailBucket'),
  );
  expect(configurations).toHaveLength(1);
  expect(() => templateOf(configurations[0])).not.toThrow();
});

describe('the documented service control policy', () => {
  const policy = JSON.parse(textOf('docs/scp.json')) as {
    readonly Statement: readonly {
      readonly Effect: string;
      readonly Action: readonly string[];
      readonly Condition: unknown;
    }[];
  };
  const denied = policy.Statement.flatMap(({ Action }) => Action);

  test('denies, and exempts in each statement who deploys', () => {
    for (const statement of policy.Statement)
      expect(statement).toMatchObject({ Effect: 'Deny', Condition: { ArnNotLike: expect.anything() } });
  });

  test('fits the 5,120 characters that every organization has', () => {
    expect(JSON.stringify(policy).length).toBeLessThanOrEqual(5_120);
  });

  test.each(['events', 'iam', 'sqs'])('denies each watched call of %s', (service) => {
    const actions = watchedCalls.flatMap(({ source, actions }) =>
      source === `aws.${service}` ? actions.map((action) => `${service}:${action}`) : [],
    );
    expect(denied).toEqual(expect.arrayContaining(actions));
  });
});
