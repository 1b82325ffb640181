import {
  forwarderName,
  forwarderRules,
  forwardPolicyName,
  forwardStatement,
  heartbeatRule,
  memberRoleName,
  readPolicyName,
  readStatement,
} from './forwarded-pattern';
import { canonicalJson, isEmpty, isObject, property, text } from './json';
import type { CloudTrailRecord } from './record';

/**
 * Whether a call makes a part of a forwarder exactly as it is shipped. Such calls are the deployment of the forwarder, in every account
 * and region, and stop nothing. `hubBusArn` is `undefined` where it is not known; then no target and no policy is known either.
 */
export function isForwarderAsShipped(record: CloudTrailRecord, hubBusArn: string | undefined): boolean {
  switch (record.eventName) {
    case 'PutRule':
      return isShippedRule(record);
    case 'PutTargets':
      return hubBusArn !== undefined && hasShippedTargets(record, hubBusArn);
    case 'PutRolePolicy':
      return hubBusArn !== undefined && isShippedPolicy(record, hubBusArn);
    default:
      return false;
  }
}

function isShippedRule({ requestParameters }: CloudTrailRecord): boolean {
  const name = text(property(requestParameters, 'name'));
  const state = text(property(requestParameters, 'state')) ?? 'ENABLED';
  if (state !== 'ENABLED' || !isOnDefaultBus(requestParameters)) return false;
  const schedule = text(property(requestParameters, 'scheduleExpression'));
  const pattern = parsed(text(property(requestParameters, 'eventPattern')));
  if (name === heartbeatRule.name) return pattern === undefined && schedule === heartbeatRule.schedule;
  const rule = forwarderRules.find((each) => each.name === name);
  return (
    rule !== undefined && schedule === undefined && canonicalJson(pattern) === canonicalJson(rule.pattern)
  );
}

/** Fields of a target that change nothing of what the hub receives: where undelivered events go, and how often it is tried. */
const harmlessTargetFields: ReadonlySet<string> = new Set(['id', 'arn', 'roleArn', 'deadLetterConfig']);

function hasShippedTargets(record: CloudTrailRecord, hubBusArn: string): boolean {
  const { requestParameters } = record;
  const rule = text(property(requestParameters, 'rule'));
  const targets = property(requestParameters, 'targets');
  return (
    [...forwarderRules, heartbeatRule].some(({ name }) => name === rule) &&
    isOnDefaultBus(requestParameters) &&
    Array.isArray(targets) &&
    targets.every((target) => isShippedTarget(target, record, hubBusArn))
  );
}

function isShippedTarget(
  target: unknown,
  { recipientAccountId: account, region }: CloudTrailRecord,
  hubBusArn: string,
): boolean {
  const [, partition] = hubBusArn.split(':');
  return (
    isObject(target) &&
    target['arn'] === hubBusArn &&
    target['roleArn'] === `arn:${partition}:iam::${account}:role/${forwarderName}-${region}` &&
    Object.entries(target).every(([key, value]) => harmlessTargetFields.has(key) || isEmpty(value))
  );
}

function isShippedPolicy({ requestParameters }: CloudTrailRecord, hubBusArn: string): boolean {
  const roleName = text(property(requestParameters, 'roleName')) ?? '';
  const shipped = roleName.startsWith(`${forwarderName}-`)
    ? { name: forwardPolicyName, statement: forwardStatement(hubBusArn) }
    : { name: readPolicyName, statement: readStatement };
  const document = parsed(text(property(requestParameters, 'policyDocument')));
  return (
    (roleName === memberRoleName || roleName.startsWith(`${forwarderName}-`)) &&
    text(property(requestParameters, 'policyName')) === shipped.name &&
    canonicalJson([property(document, 'Statement')].flat()) === canonicalJson([shipped.statement])
  );
}

function isOnDefaultBus(requestParameters: unknown): boolean {
  return (text(property(requestParameters, 'eventBusName')) ?? 'default') === 'default';
}

function parsed(json: string | undefined): unknown {
  try {
    return json === undefined ? undefined : JSON.parse(json);
  } catch {
    return undefined;
  }
}
