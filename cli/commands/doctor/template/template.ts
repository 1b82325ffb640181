import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { isObject, property, text } from '../../../../lambda/detection/json';
import type { DeployedStack } from '../../../aws/stack';
import { resolved } from './values';

/** A resource of the template. */
export interface TemplateResource {
  readonly logicalId: string;
  readonly physicalId: string;
  /** Properties with the names that CloudFormation gave; objects are maps. */
  readonly properties: ReadonlyMap<unknown, unknown>;
}

/** The resources of one type of the stack's template, as they were deployed. */
export async function templateResources(
  stack: DeployedStack,
  type: string,
): Promise<readonly TemplateResource[]> {
  const resources = property(await templateOf(stack.name), 'Resources');
  return Object.entries(isObject(resources) ? resources : {})
    .filter(([, resource]) => text(property(resource, 'Type')) === type)
    .map(([logicalId, resource]) => {
      const properties = resolved(property(resource, 'Properties') ?? {}, stack);
      return {
        logicalId,
        physicalId: stack.resources.physicalIdOf(logicalId) ?? '',
        properties: properties instanceof Map ? properties : new Map(),
      };
    });
}

/** The template that was deployed, before CloudFormation put names in. */
export async function templateOf(StackName: string): Promise<unknown> {
  const { TemplateBody = '{}' } = await new CloudFormationClient({}).send(
    new GetTemplateCommand({ StackName }),
  );
  return JSON.parse(TemplateBody);
}

/** A value inside maps and lists; `undefined` where a part of the path is missing. */
export function inside(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((at, key) => (at instanceof Map ? at.get(key) : undefined), value);
}
