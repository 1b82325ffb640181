import { watchedCalls } from './watched-calls';

/** Physical names of what the stack has made, as the services' requests name them. */
export interface OwnResources {
  /** Names of the functions. */
  readonly functions: readonly string[];
  /** Names of the rules. */
  readonly rules: readonly string[];
  /** Beginning of the names of the rules of these patterns. */
  readonly outsidePrefix: string;
  /** Names of event buses. */
  readonly eventBuses: readonly string[];
  /** ARNs. */
  readonly topics: readonly string[];
  readonly tables: readonly { readonly name: string; readonly arn: string }[];
  /** Names of the queues; a request has an address, which ends in the name. */
  readonly queues: readonly string[];
  /** Names of the roles. */
  readonly roles: readonly string[];
  /** Names of the log groups. */
  readonly logGroups: readonly string[];
  /** Beginning of the names of the alarms. */
  readonly alarmPrefix: string;
  /** Name and id (an ARN) of the stack. */
  readonly stack: { readonly name: string; readonly id: string };
  /** Id and ARN of the key, where the stack has one of its own. */
  readonly key?: { readonly id: string; readonly arn: string } | undefined;
}

/** A part of an event pattern: one of these has to fit. */
type Matcher = string | { readonly prefix: string } | { readonly suffix: string };

export type RequestParameters = Readonly<Record<string, readonly Matcher[]>>;

/** A rule that hands calls to a topic, without code of Layerwatch in between. */
export interface OutsidePattern {
  /** Part of the rule's logical id. */
  readonly id: string;
  /** Request parameters that name what was called on. */
  readonly parameters: readonly string[];
  readonly pattern: {
    readonly source: readonly string[];
    readonly 'detail-type': readonly ['AWS API Call via CloudTrail'];
    readonly detail: {
      readonly eventName: readonly Matcher[];
      readonly requestParameters?: RequestParameters;
      readonly $or?: readonly { readonly requestParameters: RequestParameters }[];
    };
  };
}

/** A pattern may have 2,048 characters (EventBridge quotas), and a topic's ARN 300, three times in it. */
const topicsOfPattern = 2;

/**
 * Patterns of the watched calls that name the stack's own resources: one or more for each service. A pattern of a service with two
 * parameters asks for either. IAM's calls come in us-east-1 only.
 */
export function outsidePatterns(own: OwnResources): readonly OutsidePattern[] {
  return [
    patternOf('Trails', 'aws.cloudtrail', {}),
    patternOf('Functions', 'aws.lambda', { functionName: own.functions.flatMap(formsOfFunction) }),
    rulesPattern('Rules', [...own.rules, { prefix: own.outsidePrefix }], own.eventBuses),
    // A rule that is disabled does not report it.
    rulesPattern('RulesOfRules', [`${own.outsidePrefix}Rules`], []),
    ...chunks(own.topics, topicsOfPattern).map((topics, index) =>
      patternOf(index === 0 ? 'Topics' : `Topics${index + 1}`, 'aws.sns', {
        topicArn: topics,
        resourceArn: topics,
        subscriptionArn: topics.map((topic) => ({ prefix: `${topic}:` })),
      }),
    ),
    patternOf('Tables', 'aws.dynamodb', {
      tableName: own.tables.flatMap(({ name, arn }) => [name, arn]),
      resourceArn: own.tables.map(({ arn }) => arn),
    }),
    patternOf('Queues', 'aws.sqs', { queueUrl: own.queues.map((suffix) => ({ suffix })) }),
    patternOf('Alarms', 'aws.monitoring', {
      alarmNames: [{ prefix: own.alarmPrefix }],
      alarmName: [{ prefix: own.alarmPrefix }],
    }),
    patternOf('Roles', 'aws.iam', { roleName: own.roles }),
    patternOf('Stack', 'aws.cloudformation', { stackName: [own.stack.name, own.stack.id] }),
    patternOf('Logs', 'aws.logs', { logGroupName: own.logGroups }),
    ...(own.key === undefined ? [] : [patternOf('Key', 'aws.kms', { keyId: [own.key.id, own.key.arn] })]),
  ];
}

function rulesPattern(id: string, rules: readonly Matcher[], eventBuses: readonly string[]): OutsidePattern {
  return patternOf(id, 'aws.events', {
    name: [...rules, ...eventBuses],
    rule: rules,
    eventBusName: eventBuses,
  });
}

function patternOf(id: string, source: string, parameters: RequestParameters): OutsidePattern {
  const calls = watchedCalls.find((entry) => entry.source === source);
  // Lambda's names carry the version of its API.
  const eventName = (calls?.actions ?? []).map((name) => (source === 'aws.lambda' ? { prefix: name } : name));
  const alternatives = Object.entries(parameters)
    .filter(([, matchers]) => matchers.length > 0)
    .map(([key, matchers]) => ({ requestParameters: { [key]: matchers } }));
  const [first, ...others] = alternatives;
  return {
    id,
    parameters: calls?.parameters ?? [],
    pattern: {
      source: [source],
      'detail-type': ['AWS API Call via CloudTrail'],
      detail: { eventName, ...(others.length > 0 ? { $or: alternatives } : first) },
    },
  };
}

/**
 * A name, an ARN or a part of one, and each with the version that is worked on. Calls on another version or on an alias change
 * nothing that Layerwatch runs.
 */
function formsOfFunction(name: string): readonly Matcher[] {
  const version = '$LATEST';
  return [name, { suffix: `:${name}` }, `${name}:${version}`, { suffix: `:${name}:${version}` }];
}

function chunks<T>(values: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
    values.slice(index * size, (index + 1) * size),
  );
}
