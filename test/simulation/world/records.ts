import { account, functionArn, layerVersion, region } from '../../fixtures/records';
import type { Call } from './calls';
import { actors } from './cast';

type Fields = Readonly<Record<string, unknown>>;

/** Identity of a call in everything that is published and stored; the same for every delivery. */
export function recordIdOf({ id }: Pick<Call, 'id'>): string {
  return uuid(id, 0);
}

/** The id of the call of a record; copies of a shared event have other event ids that end alike. */
export function callIdOf(eventId: string): number {
  return Number(eventId.slice(-12));
}

/** CloudTrail's record of a call. `copy` numbers the deliveries: those of a shared event have ids of their own. */
export function recordOf(call: Call, copy = 0): Fields {
  const isShared = call.id % 7 === 3;
  return {
    eventVersion: '1.11',
    eventTime: eventTimeOf(call),
    awsRegion: region,
    userAgent: 'aws-cli/2.31.10',
    requestID: uuid(call.id, 900),
    eventID: isShared ? uuid(call.id, copy + 1) : recordIdOf(call),
    ...(isShared ? { sharedEventID: recordIdOf(call) } : {}),
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: 'Management',
    ...actors[call.actor]?.fields,
    ...contentOf(call),
  };
}

/** The EventBridge event that carries the record. */
export function envelopeOf(call: Call, copy: number): Fields {
  const detail = recordOf(call, copy);
  const service = String(detail['eventSource']).split('.')[0];
  return {
    version: '0',
    id: uuid(call.id, 500 + copy),
    'detail-type': 'AWS API Call via CloudTrail',
    source: `aws.${service}`,
    account,
    time: detail['eventTime'],
    region,
    resources: [],
    detail,
  };
}

/** CloudTrail writes whole seconds. */
export function eventTimeOf({ time }: Pick<Call, 'time'>): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

/** CloudTrail's name of the call. */
export function eventNameOf({ operation }: Pick<Call, 'operation'>): string {
  switch (operation) {
    case 'update':
    case 'denied':
      return 'UpdateFunctionConfiguration20150331v2';
    case 'create':
      return 'CreateFunction20150331';
    case 'delete':
      return 'DeleteFunction20150331';
    case 'publish':
      return 'PublishLayerVersion20181031';
    case 'stop-rule':
      return 'DisableRule';
  }
}

function contentOf(call: Call): Fields {
  const eventName = eventNameOf(call);
  if (call.operation === 'stop-rule')
    return {
      eventSource: 'events.amazonaws.com',
      eventName,
      requestParameters: { name: 'Layerwatch-Rule' },
      responseElements: null,
    };
  return { eventSource: 'lambda.amazonaws.com', eventName, ...lambdaContentOf(call) };
}

function lambdaContentOf(call: Call): Fields {
  switch (call.operation) {
    case 'publish':
      return publishContentOf(call);
    case 'delete':
      return { requestParameters: { functionName: writtenName(call) }, responseElements: null };
    case 'denied':
      return {
        requestParameters: { functionName: call.functionName, layers: call.before },
        responseElements: null,
        errorCode: 'AccessDenied',
        errorMessage: 'User is not authorized to perform: lambda:UpdateFunctionConfiguration',
      };
    default:
      return functionContentOf(call);
  }
}

function publishContentOf(call: Call): Fields {
  const layerName = call.action.kind === 'publish' ? call.action.layer : 'base';
  const version = 10 + call.id;
  const layerVersionArn = layerVersion(layerName, version);
  const layerArn = layerVersionArn.slice(0, layerVersionArn.lastIndexOf(':'));
  return {
    requestParameters: { layerName, content: {}, compatibleRuntimes: ['python3.13'] },
    responseElements: { layerArn, layerVersionArn, version },
  };
}

function functionContentOf(call: Call): Fields {
  const { action, functionName } = call;
  if (action.kind === 'omitted' && call.operation === 'update')
    return action.isAnswered
      ? { requestParameters: { omitted: true }, responseElements: answerOf(call) }
      : { requestParameters: { functionName, layers: [{ shape: 'new' }] }, responseElements: null };
  const isWithoutLayers = action.kind === 'change-memory';
  const asked = isWithoutLayers ? { memorySize: 512 } : { layers: call.after };
  return {
    requestParameters: { functionName: writtenName(call), environment: {}, ...asked },
    responseElements: answerOf(call),
  };
}

/** Lambda answers with every layer, whatever the call changed, and without the key where there is none. */
function answerOf(call: Call): Fields {
  const layers = call.after.map((arn) => ({ arn, codeSize: 2120 }));
  return {
    functionName: call.functionName,
    functionArn: functionArn(call.functionName),
    revisionId: revisionOf(call),
    lastModified: new Date(call.lastModified).toISOString().replace('Z', '+0000'),
    version: '$LATEST',
    ...(layers.length === 0 ? {} : { layers }),
  };
}

export function revisionOf({ id }: Pick<Call, 'id'>): string {
  return uuid(id, 700);
}

/** The forms that a caller may write a function's name in. */
function writtenName({ id, functionName }: Call): string {
  const forms = [
    functionName,
    functionName,
    functionArn(functionName),
    `${account}:function:${functionName}`,
    `${functionName}:$LATEST`,
  ];
  return forms[id % forms.length] ?? functionName;
}

function uuid(id: number, kind: number): string {
  return `${String(kind).padStart(8, '0')}-0000-4000-8000-${String(id).padStart(12, '0')}`;
}
