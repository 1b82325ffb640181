import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, type Environment } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { stackName } from '../../lambda/contract';
import { LayerwatchStack } from '../../lib/layerwatch-stack';
import { temporaryFolder } from '../harness/temporary-folder';

export const keyArn = 'arn:aws:kms:eu-west-3:123456789012:key/11111111-2222-3333-4444-555555555555';

const projectRoot = join(__dirname, '..', '..');

/** The flags that a deployment runs with, and no bundling. */
export function contextWithoutBundling(): Record<string, unknown> {
  const { context } = JSON.parse(readFileSync(join(projectRoot, 'cdk.json'), 'utf8'));
  return { ...context, 'aws:cdk:bundling-stacks': [] };
}

/** CloudFormation's validation takes ten times as long as a synthesis; test/bin/app.test.ts runs it. */
export function appWithoutValidation(): App {
  return new App({
    context: contextWithoutBundling(),
    outdir: temporaryFolder(),
    builtinCloudFormationValidation: false,
  });
}

const configurationWithEmail = { email: 'security@example.com' };

export function stackOf(
  configuration: Record<string, unknown> = configurationWithEmail,
  env: Environment = {},
): LayerwatchStack {
  return new LayerwatchStack(appWithoutValidation(), stackName, { configuration, env });
}

export function templateOf(
  configuration: Record<string, unknown> = configurationWithEmail,
  env: Environment = {},
): Template {
  return Template.fromStack(stackOf(configuration, env));
}

export interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
  readonly [attribute: string]: unknown;
}

/** The resources of one type, by logical id. */
export function resourcesOf(template: Template, type: string): Readonly<Record<string, Resource>> {
  return template.findResources(type) as Readonly<Record<string, Resource>>;
}

/** The logical id of the one resource of a type whose id begins like this. */
export function idOf(template: Template, type: string, beginning: string): string {
  const ids = Object.keys(template.findResources(type)).filter((id) => id.startsWith(beginning));
  const [id] = ids;
  if (ids.length !== 1 || id === undefined)
    throw new Error(`${ids.length} of ${type} begin with ${beginning}`);
  return id;
}

export interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
  readonly Principal?: unknown;
}

/** The statements of every role's policy and of every policy apart. */
export function allowedByRoles(template: Template): readonly Statement[] {
  const documents = Object.values(resourcesOf(template, 'AWS::IAM::Role')).flatMap(
    (role) =>
      (role.Properties['Policies'] as { PolicyDocument: { Statement: Statement[] } }[] | undefined) ?? [],
  );
  const apart = Object.values(resourcesOf(template, 'AWS::IAM::Policy')).map(
    (policy) => policy.Properties as unknown as { PolicyDocument: { Statement: Statement[] } },
  );
  return [...documents, ...apart].flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

/** The statements of the policies of one role, by the beginning of its logical id. */
export function allowedTo(template: Template, role: string): readonly Statement[] {
  const { Properties } =
    resourcesOf(template, 'AWS::IAM::Role')[idOf(template, 'AWS::IAM::Role', role)] ?? {};
  const policies = Properties?.['Policies'] as { PolicyDocument: { Statement: Statement[] } }[];
  return policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}
