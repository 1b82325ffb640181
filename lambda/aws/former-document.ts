import { parameterFields } from '../detection/audit-fields';
import { eventType, observer } from '../detection/ecs-fields';
import type { FindingDocument } from '../detection/finding-document';
import { type Json, property } from '../detection/json';
import { ruleOf } from '../detection/rule';

/**
 * A kept document as this release writes it. Releases 0.1 and 0.2 kept the parameters of the call as objects, and the severity of the
 * rule in `rule`; they had no `layerwatch.rule`.
 */
export function currentDocument(kept: FindingDocument): FindingDocument {
  if (property(kept.layerwatch, 'rule') !== undefined) return kept;
  const { rule, threat, base } = ruleOf(kept.layerwatch.change.kind);
  return {
    ...kept,
    observer,
    rule,
    threat,
    event: {
      ...kept.event,
      category: ['configuration'],
      type: [eventType(kept.event.action)],
      module: 'layerwatch',
      dataset: 'layerwatch.finding',
    },
    aws: { cloudtrail: cloudTrailOf(kept) },
    layerwatch: { ...kept.layerwatch, rule: base },
  };
}

function cloudTrailOf({ aws }: FindingDocument): FindingDocument['aws']['cloudtrail'] {
  const { request_parameters, response_elements, ...others } = aws.cloudtrail;
  // By its type a text: that is how this release keeps it.
  const request: Json = request_parameters ?? null;
  const response: Json = response_elements ?? null;
  return { ...others, ...parameterFields(request, response) };
}
