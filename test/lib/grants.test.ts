import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Layerwatch } from '../../lib';
import { iamPolicies } from '../../scripts/readme/iam-policies';
import { blockOf, readPage } from '../../scripts/readme/pages';
import { appWithoutValidation, keyArn, resourcesOf, type Statement } from './synthesis';

type Grant = (layerwatch: Layerwatch, grantee: iam.IGrantable) => void;

function granted(grant: Grant, configuration: Record<string, unknown> = {}): readonly Statement[] {
  const stack = new Stack(appWithoutValidation(), 'Security');
  const layerwatch = new Layerwatch(stack, 'Watch', {
    configuration: { email: 'security@example.com', ...configuration },
  });
  grant(layerwatch, new iam.User(stack, 'Person'));
  const [policy] = Object.values(resourcesOf(Template.fromStack(stack), 'AWS::IAM::Policy'));
  return (
    (policy?.Properties as { PolicyDocument: { Statement: Statement[] } } | undefined)?.PolicyDocument
      .Statement ?? []
  );
}

const actionsOf = (statements: readonly Statement[]) => statements.flatMap(({ Action }) => Action);

const grants: readonly (readonly [string, Grant])[] = [
  ['grantRead', (layerwatch, grantee) => layerwatch.grantRead(grantee)],
  ['grantTriage', (layerwatch, grantee) => layerwatch.grantTriage(grantee)],
  ['grantRestore', (layerwatch, grantee) => layerwatch.grantRestore(grantee)],
  ['grantRedrive', (layerwatch, grantee) => layerwatch.grantRedrive(grantee)],
  ['grantLearn', (layerwatch, grantee) => layerwatch.grantLearn(grantee)],
];

test.each(grants)('given %s, then no action has a wildcard', (_, grant) => {
  expect(actionsOf(granted(grant)).filter((action) => action.includes('*'))).toEqual([]);
});

test('given grantRead, then nothing may be changed', () => {
  const changing = actionsOf(granted((layerwatch, grantee) => layerwatch.grantRead(grantee))).filter(
    (action) => !/:(Get|BatchGet|List|Describe|Query)/.test(action),
  );
  expect(changing).toEqual([]);
});

test.each(grants)('given a key and %s, then its use is granted through the services only', (_, grant) => {
  const onKey = granted(grant, { kmsKeyArn: keyArn }).filter(({ Action }) =>
    [Action].flat().some((action) => /^kms:(Decrypt|Encrypt|Generate)/.test(action)),
  );
  expect(onKey.length).toBeGreaterThan(0);
  for (const { Resource, Condition } of onKey) {
    expect(Resource).toBe(keyArn);
    expect(Condition).toEqual({ StringLike: { 'kms:ViaService': [expect.anything()] } });
  }
});

test('given findings for other products, then triage may export its decisions', () => {
  const findingsBusArn = 'arn:aws:events:eu-west-3:111122223333:event-bus/findings';
  const statements = granted((layerwatch, grantee) => layerwatch.grantTriage(grantee), {
    securityHub: true,
    findingsBusArn,
  });
  expect(statements).toContainEqual({
    Effect: 'Allow',
    Action: 'events:PutEvents',
    Resource: findingsBusArn,
  });
  expect(actionsOf(statements)).toContain('securityhub:BatchImportFindings');
});

test('given functions and layers, then restore may change no other', () => {
  const functionArns = ['arn:aws:lambda:eu-west-3:123456789012:function:payments-*'];
  const layerArns = ['arn:aws:lambda:eu-west-3:123456789012:layer:payments-*'];
  const statements = granted((layerwatch, grantee) =>
    layerwatch.grantRestore(grantee, { functionArns, layerArns }),
  );
  const resourcesFor = (action: string) =>
    statements.filter(({ Action }) => [Action].flat().includes(action)).map(({ Resource }) => Resource);
  expect(resourcesFor('lambda:UpdateFunctionConfiguration')).toEqual(functionArns);
  expect(resourcesFor('lambda:DeleteLayerVersion')).toEqual(layerArns);
});

test('given a trail bucket, then redrive may invoke the log reader and read its queue', () => {
  const statements = granted((layerwatch, grantee) => layerwatch.grantRedrive(grantee), {
    trailBucket: { bucket: 'audit-logs' },
  });
  expect(JSON.stringify(statements)).toContain('WatchLogReaderFunction');
  expect(JSON.stringify(statements)).toContain('WatchTrailUndecidedObjects');
});

test.each([...iamPolicies()])('given the role %s, then the page has its policy', (role, policy) => {
  const block = blockOf(readPage('docs/iam.md'), `iam-${role}`) ?? '';
  expect(JSON.parse(block.replace(/^```json|```$/g, ''))).toEqual(policy);
});
