import {
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  type Role,
} from '@aws-sdk/client-iam';
import { type Check, failed, ok, redeploy } from '../check';
import { agrees } from '../template/agreement';
import { exactPolicyProblems } from '../template/policies';
import { inside, type TemplateResource, templateResources } from '../template/template';

const functionIds = ['Detector', 'Sweeper', 'LogReader', 'Selftester'];

/** The roles of the functions have the policies that were deployed, no other, and may be used by Lambda. */
export const roleCheck: Check = {
  name: 'roles of the functions',
  async run(stack) {
    const ids = functionIds.flatMap(
      (id) => stack.resources.findLogicalId('AWS::IAM::Role', `${id}Role`) ?? [],
    );
    const roles = await templateResources(stack, 'AWS::IAM::Role');
    const separate = await templateResources(stack, 'AWS::IAM::Policy');
    const found = await Promise.all(
      roles.filter(({ logicalId }) => ids.includes(logicalId)).map((role) => roleProblems(role, separate)),
    );
    const problems = found.flat();
    return problems.length > 0
      ? failed(problems.join('; '), redeploy)
      : ok(`${ids.length} with the policies that were deployed`);
  },
};

async function roleProblems(
  { physicalId, properties }: TemplateResource,
  separate: readonly TemplateResource[],
): Promise<readonly string[]> {
  const client = new IAMClient({});
  const { Role: role } = await client.send(new GetRoleCommand({ RoleName: physicalId }));
  const found = [
    ...exactPolicyProblems(
      parsed(role?.AssumeRolePolicyDocument),
      properties.get('AssumeRolePolicyDocument'),
    ).map((problem) => `its trust policy ${problem}`),
    ...boundaryProblems(role, properties.get('PermissionsBoundary')),
    ...(await attachedProblems(client, physicalId, properties.get('ManagedPolicyArns') ?? [])),
    ...(await inlineProblems(client, physicalId, inlinePolicies(physicalId, properties, separate))),
  ];
  return found.map((problem) => `role ${physicalId}: ${problem}`);
}

function boundaryProblems(role: Role | undefined, deployed: unknown): readonly string[] {
  const now = role?.PermissionsBoundary?.PermissionsBoundaryArn;
  if (now === undefined || (deployed !== undefined && agrees(now, deployed))) return [];
  return [`it has the permissions boundary ${now}, which was not deployed`];
}

async function attachedProblems(
  client: IAMClient,
  RoleName: string,
  deployed: unknown,
): Promise<readonly string[]> {
  const { AttachedPolicies = [] } = await client.send(new ListAttachedRolePoliciesCommand({ RoleName }));
  const wanted = [deployed].flat();
  return AttachedPolicies.flatMap(({ PolicyArn }) => PolicyArn ?? [])
    .filter((arn) => !wanted.some((each) => agrees(arn, each)))
    .map((arn) => `policy ${arn} is attached, which was not deployed`);
}

/** Policies by name: those of the role itself, and those of the template that name it. */
function inlinePolicies(
  roleName: string,
  properties: ReadonlyMap<unknown, unknown>,
  separate: readonly TemplateResource[],
): ReadonlyMap<string, unknown> {
  const own = [properties.get('Policies') ?? []].flat();
  const others = separate
    .map((policy) => policy.properties)
    .filter((policy) => [policy.get('Roles') ?? []].flat().includes(roleName));
  return new Map(
    [...own, ...others].map((policy) => [
      String(inside(policy, 'PolicyName')),
      inside(policy, 'PolicyDocument'),
    ]),
  );
}

async function inlineProblems(
  client: IAMClient,
  RoleName: string,
  deployed: ReadonlyMap<string, unknown>,
): Promise<readonly string[]> {
  const { PolicyNames = [] } = await client.send(new ListRolePoliciesCommand({ RoleName }));
  const missing = [...deployed.keys()].filter((name) => !PolicyNames.includes(name));
  const found = await Promise.all(
    PolicyNames.map(async (PolicyName) => {
      if (!deployed.has(PolicyName)) return [`it has the policy ${PolicyName}, which was not deployed`];
      const { PolicyDocument } = await client.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
      return exactPolicyProblems(parsed(PolicyDocument), deployed.get(PolicyName)).map(
        (problem) => `its policy ${PolicyName} ${problem}`,
      );
    }),
  );
  return [...missing.map((name) => `its policy ${name} is gone`), ...found.flat()];
}

/** IAM writes documents as a part of an address (RFC 3986). */
function parsed(document = ''): unknown {
  try {
    return JSON.parse(decodeURIComponent(document));
  } catch {
    return undefined;
  }
}
