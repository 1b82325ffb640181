import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Template } from 'aws-cdk-lib/assertions';
import { alertTable } from '../../lambda/contract';
import { resourcesOf, templateOf } from '../lib/synthesis';
import { textOf } from './pages';

const page = textOf('docs/operations.md');
const root = join(__dirname, '..', '..');

let template: Template;
beforeAll(() => {
  template = templateOf();
});

/** Names that IAM gives a service or a call, where they are not the SDK's. */
const serviceNames: Readonly<Record<string, string>> = { eventbridge: 'events' };
const actionNames: Readonly<Record<string, string>> = {
  's3:ListObjectsV2': 's3:ListBucket',
  'lambda:Invoke': 'lambda:InvokeFunction',
};

/** IAM actions of the SDK's calls that a file imports. */
function actionsOf(file: string): readonly string[] {
  const imports = textOf(file).matchAll(/import (?:type )?\{([^}]*)\} from '@aws-sdk\/client-([\w-]+)'/g);
  return [...imports].flatMap(([, names = '', client = '']) =>
    [...names.matchAll(/(?:paginate(\w+)|\b(\w+)Command)\b/g)].map(([, paginated, command]) => {
      const action = `${serviceNames[client] ?? client}:${paginated ?? command}`;
      return actionNames[action] ?? action;
    }),
  );
}

test('given a call of AWS that a command makes, then the page of permissions has its action', () => {
  const files = ['cli', 'lambda/aws/self-checks'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.startsWith('embedded'))
      .map((name) => join(folder, name)),
  );
  const actions = [...new Set(files.flatMap(actionsOf))];
  expect(actions.length).toBeGreaterThan(20);
  expect(actions.filter((action) => !page.includes(`\`${action}\``))).toEqual([]);
});

test('given an index of the alert table, then the page has a query of it', () => {
  const queries = Object.values(alertTable.indexes).map(
    ({ name, partitionKey }) => new RegExp(`--index-name ${name} [\\s\\S]*?${partitionKey}`),
  );
  for (const query of queries) expect(page).toMatch(query);
});

test('given the stack, then the page says what a deletion keeps', () => {
  const kept = ['AWS::DynamoDB::Table', 'AWS::Logs::LogGroup'].flatMap((type) =>
    Object.values(resourcesOf(template, type)),
  );
  const retained = Object.values(
    template.toJSON()['Resources'] as Record<string, { DeletionPolicy?: string }>,
  );
  expect(retained.filter(({ DeletionPolicy }) => DeletionPolicy === 'Retain')).toHaveLength(kept.length);
  expect(page).toContain('aws dynamodb delete-table');
  expect(page).toContain('aws logs delete-log-group');
});

test('given the alarms of the stack, then the page counts them', () => {
  expect(Object.keys(resourcesOf(template, 'AWS::CloudWatch::Alarm'))).toHaveLength(21);
  expect(page).toContain('twenty-one CloudWatch alarms');
});
