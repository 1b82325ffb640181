import type { ChangeKind } from './change-kinds';
import type { EcsFields } from './ecs-document';
import { matchedEventNamePrefixes, matchedEventSource } from './event-pattern';
import type { FindingDocument } from './finding-document';
import type { CloudTrailRecord } from './record';

/** A rule as its findings carry it: ECS fields, and the severity and score that ECS has no field for. */
interface DetectionRule {
  readonly rule: EcsFields['rule'];
  readonly threat: EcsFields['threat'];
  readonly base: FindingDocument['layerwatch']['rule'];
}

/** Version of MITRE ATT&CK that the rules' tactics and techniques are of (https://attack.mitre.org/resources/versions/). */
export const attackVersion = '18';

/**
 * The published rule that Layerwatch implements, as published: Elastic, "AWS Lambda Layer Added to Existing Function",
 * rules/integrations/aws/execution_lambda_external_layer_added_to_function.toml, version 1.
 */
export const layerRule: DetectionRule = {
  rule: {
    id: '7d091a76-0737-11ef-8469-f661ea17fbcc',
    uuid: '7d091a76-0737-11ef-8469-f661ea17fbcc',
    name: 'AWS Lambda Layer Added to Existing Function',
    version: '1',
    category: 'Execution',
    reference: [
      'https://cloud.hacktricks.xyz/pentesting-cloud/aws-security/aws-persistence/aws-lambda-persistence/aws-lambda-layers-persistence',
      'https://docs.aws.amazon.com/lambda/latest/api/API_PublishLayerVersion.html',
      'https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html',
    ],
  },
  threat: {
    framework: 'MITRE ATT&CK',
    tactic: { id: ['TA0002'], name: ['Execution'], reference: ['https://attack.mitre.org/tactics/TA0002/'] },
    technique: {
      id: ['T1648'],
      name: ['Serverless Execution'],
      reference: ['https://attack.mitre.org/techniques/T1648/'],
    },
  },
  base: { severity: 'low', risk_score: 21 },
};

/** The rule of calls that may make Layerwatch blind or silent; our own, after the same technique's description. */
export const tamperingRule: DetectionRule = {
  rule: {
    id: 'layerwatch-tampering',
    uuid: '41a1ebbe-fa80-4c3a-b6a6-150dc589402c',
    name: 'Layerwatch or its trail was changed',
    version: '1',
    category: 'Defense Evasion',
    reference: ['https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-user-guide.html'],
  },
  threat: {
    framework: 'MITRE ATT&CK',
    tactic: {
      id: ['TA0005'],
      name: ['Defense Evasion'],
      reference: ['https://attack.mitre.org/tactics/TA0005/'],
    },
    technique: {
      id: ['T1562'],
      name: ['Impair Defenses'],
      reference: ['https://attack.mitre.org/techniques/T1562/'],
    },
  },
  // The severity of that score; what a call of tampering is rated by is in the finding's own risk.
  base: { severity: 'low', risk_score: 21 },
};

export function ruleOf(kind: ChangeKind): DetectionRule {
  return kind === 'tampering' ? tamperingRule : layerRule;
}

/** Why a record is no match; the value of the metric's dimension `reason`. */
export type MismatchReason = 'other-service' | 'other-action' | 'failed-call';

export type Match =
  | { readonly matched: true; readonly action: 'publish' | 'update' }
  | { readonly matched: false; readonly reason: MismatchReason };

/**
 * The rule's condition: provider Lambda, one of two actions by case-sensitive prefix (CloudTrail writes
 * `UpdateFunctionConfiguration20150331v2`), outcome success. A record whose provider cannot be read matches by its
 * action alone, because no other service has an action of that name.
 */
export function matchRule(record: CloudTrailRecord): Match {
  if (record.eventSource !== undefined && record.eventSource !== matchedEventSource) {
    return { matched: false, reason: 'other-service' };
  }
  const prefix = matchedEventNamePrefixes.find((candidate) => record.eventName.startsWith(candidate));
  if (prefix === undefined) return { matched: false, reason: 'other-action' };
  if (record.failed) return { matched: false, reason: 'failed-call' };
  return { matched: true, action: prefix === 'PublishLayerVersion' ? 'publish' : 'update' };
}
