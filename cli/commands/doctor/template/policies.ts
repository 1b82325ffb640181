import { isObject, property, text } from '../../../../lambda/detection/json';
import { agrees } from './agreement';
import { inside } from './template';

/** What a policy that is in force lacks of the one that was deployed, and the denials that it has beyond it, as phrases. */
export function policyProblems(actual: unknown, deployed: unknown): readonly string[] {
  const [now, wanted] = [statementsOf(actual), deployedStatements(deployed)];
  const missing = wanted.filter((each) => !now.some((other) => statementAgrees(other, each)));
  const denials = now.filter(
    (statement) =>
      text(property(statement, 'Effect')) === 'Deny' &&
      !wanted.some((each) => statementAgrees(statement, each)),
  );
  return [
    ...missing.map((each) => `lacks the statement that was deployed for ${describeDeployed(each)}`),
    ...denials.map((each) => `has a denial of ${describeActions(property(each, 'Action'))}`),
  ];
}

/** The same, and the permissions beyond what was deployed. */
export function exactPolicyProblems(actual: unknown, deployed: unknown): readonly string[] {
  const wanted = deployedStatements(deployed);
  const added = statementsOf(actual).filter(
    (statement) =>
      text(property(statement, 'Effect')) !== 'Deny' &&
      !wanted.some((each) => statementAgrees(statement, each)),
  );
  return [
    ...policyProblems(actual, deployed),
    ...added.map((each) => `allows ${describeActions(property(each, 'Action'))}, which was not deployed`),
  ];
}

function statementsOf(policy: unknown): readonly unknown[] {
  return [property(policy, 'Statement') ?? []].flat();
}

function deployedStatements(policy: unknown): readonly unknown[] {
  return [inside(policy, 'Statement') ?? []].flat();
}

/** Services write the names of actions and everybody's principal in forms of their own. */
function statementAgrees(actual: unknown, deployed: unknown): boolean {
  if (!isObject(actual) || !(deployed instanceof Map)) return false;
  return agrees(
    { ...actual, ...lowerCase(actual['Action']), ...everybody(actual['Principal']) },
    new Map([
      ...deployed,
      ...Object.entries(lowerCase(deployed.get('Action'))),
      ...Object.entries(everybody(deployed.get('Principal'))),
    ]),
  );
}

function lowerCase(actions: unknown): { readonly Action?: readonly string[] } {
  return actions === undefined ? {} : { Action: [actions].flat().map((each) => String(each).toLowerCase()) };
}

function everybody(principal: unknown): { readonly Principal?: string } {
  const aws = principal instanceof Map ? principal.get('AWS') : property(principal, 'AWS');
  return aws === '*' ? { Principal: '*' } : {};
}

function describeDeployed(statement: unknown): string {
  return text(inside(statement, 'Sid')) ?? describeActions(inside(statement, 'Action'));
}

function describeActions(actions: unknown): string {
  return [actions].flat().map(String).join(', ');
}
