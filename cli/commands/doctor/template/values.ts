import { lastPart } from '../../../../lambda/aws/self-checks/own-resources';
import { isObject, text } from '../../../../lambda/detection/json';
import type { DeployedStack } from '../../../aws/stack';

/** Stands for an expression of a template whose value is not known here; it agrees with every value. */
export const unresolved = Symbol('unresolved');

/** Where a stack is. */
export interface StackPlace {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** What a resource's ARN ends in, by the resource's type and physical id. */
const arnEndings: Readonly<Record<string, (physicalId: string) => readonly [service: string, rest: string]>> =
  {
    'AWS::DynamoDB::Table': (name) => ['dynamodb', `table/${name}`],
    'AWS::Events::EventBus': (name) => ['events', `event-bus/${name}`],
    'AWS::Events::Rule': (id) => ['events', `rule/${id.replace('|', '/')}`],
    'AWS::Lambda::Function': (name) => ['lambda', `function:${name}`],
    'AWS::Logs::LogGroup': (name) => ['logs', `log-group:${name}:*`],
    'AWS::SQS::Queue': (address) => ['sqs', lastPart(address)],
  };

/** @throws {NotDoneError} where the stack has no topic of the alerts */
export function placeOf(stack: DeployedStack): StackPlace {
  const topic = stack.physicalId('AWS::SNS::Topic', 'Alerts');
  const [, partition = '', , region = '', account = ''] = topic.split(':');
  return { partition, region, account };
}

/** A value of a template as CloudFormation deployed it: references are names and ARNs, what is not known is `unresolved`. */
export function resolved(value: unknown, stack: DeployedStack): unknown {
  if (Array.isArray(value)) return value.map((each) => resolved(each, stack));
  if (!isObject(value)) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first !== undefined && isFunctionName(first[0]))
    return valueOfFunction(first[0], first[1], stack);
  return new Map(entries.map(([key, each]) => [key, resolved(each, stack)]));
}

function isFunctionName(key: string): boolean {
  return key === 'Ref' || key.startsWith('Fn::');
}

function valueOfFunction(name: string, argument: unknown, stack: DeployedStack): unknown {
  switch (name) {
    case 'Ref':
      return valueOfReference(text(argument) ?? '', stack) ?? unresolved;
    case 'Fn::GetAtt':
      return valueOfAttribute(argument, stack) ?? unresolved;
    case 'Fn::Join':
      return joined(argument, stack);
    case 'Fn::Sub':
      return substituted(argument, stack);
    default:
      return unresolved;
  }
}

function valueOfReference(id: string, stack: DeployedStack): string | undefined {
  const { partition, region, account } = placeOf(stack);
  const pseudo = new Map([
    ['AWS::Partition', partition],
    ['AWS::Region', region],
    ['AWS::AccountId', account],
    ['AWS::StackName', stack.name],
  ]);
  return pseudo.get(id) ?? stack.resources.physicalIdOf(id);
}

function valueOfAttribute(argument: unknown, stack: DeployedStack): string | undefined {
  const [id = '', attribute = ''] = Array.isArray(argument) ? argument.map((each) => text(each) ?? '') : [];
  const physicalId = stack.resources.physicalIdOf(id);
  if (physicalId === undefined) return undefined;
  if (attribute === 'QueueName') return lastPart(physicalId);
  return attribute === 'Arn' ? arnOf(stack.resources.typeOf(id) ?? '', physicalId, stack) : undefined;
}

function arnOf(type: string, physicalId: string, stack: DeployedStack): string | undefined {
  const { partition, region, account } = placeOf(stack);
  if (type === 'AWS::IAM::Role') return `arn:${partition}:iam::${account}:role/${physicalId}`;
  const ending = Object.hasOwn(arnEndings, type) ? arnEndings[type] : undefined;
  if (ending === undefined) return undefined;
  const [service, rest] = ending(physicalId);
  return `arn:${partition}:${service}:${region}:${account}:${rest}`;
}

function joined(argument: unknown, stack: DeployedStack): unknown {
  const [separator, values] = Array.isArray(argument) ? argument : [];
  const parts = resolved(values, stack);
  if (!Array.isArray(parts) || !parts.every((part) => typeof part === 'string')) return unresolved;
  return parts.join(text(separator) ?? '');
}

/** The form with a list of variables is not used by the CDK here. */
function substituted(argument: unknown, stack: DeployedStack): unknown {
  if (typeof argument !== 'string') return unresolved;
  const names = [...argument.matchAll(/\$\{(?<name>[^}]+)\}/g)].map(({ groups }) => groups?.['name'] ?? '');
  const values = new Map(names.map((name) => [name, valueOfReference(name, stack)]));
  if ([...values.values()].includes(undefined)) return unresolved;
  return argument.replace(/\$\{([^}]+)\}/g, (_, name: string) => values.get(name) ?? '');
}
