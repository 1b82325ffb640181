import { closest } from 'fastest-levenshtein';
import * as v from 'valibot';
import {
  type DetectionSettings,
  defaultDetectionSettings,
  type Settings,
} from '../lambda/detection/settings';
import * as field from './fields';
import { isPlainObject, problemOf, SettingsError, structureProblems } from './problems';

export { SettingsError, type SettingsProblem } from './problems';

export interface ParseOptions {
  /**
   * Ids of the risk factors; `riskPoints` may name these only.
   * @default - any key is taken
   */
  readonly knownFactors?: readonly string[];
  /**
   * Whether an exception whose last day is past is an error. A running detector leaves this off: an expired
   * exception just stops to hold, and must not stop the detector.
   * @default false
   */
  readonly refuseExpired?: boolean;
}

/**
 * Reads a configuration, a value parsed from JSON.
 *
 * @param today `YYYY-MM-DD`, UTC; exceptions that expire before it are judged by `options.refuseExpired`
 * @throws {SettingsError} with every problem at once
 */
export function parseSettings(value: unknown, today: string, options: ParseOptions = {}): Settings {
  const schema = configuration(today, options);
  const structure = structureProblems(schema, value);
  const result = v.safeParse(schema, value);
  if (!result.success || structure.length > 0) {
    throw new SettingsError('settings-invalid', [...structure, ...(result.issues ?? []).map(problemOf)]);
  }
  const {
    $schema,
    email,
    slack,
    kmsKeyArn,
    alarmEmail,
    selftest,
    securityHub,
    findingsBusArn,
    trailBucket,
    ...detection
  } = result.output;
  const notificationBudget = {
    ...defaultDetectionSettings.notificationBudget,
    ...detection.notificationBudget,
  };
  return {
    detection: { ...defaultsFor(detection.organization), ...detection, notificationBudget },
    stack: { email, slack, kmsKeyArn, alarmEmail, selftest, securityHub, findingsBusArn, trailBucket },
  };
}

/** Every publish and first call of hundreds of accounts is low by itself, and no team reads them one by one. */
function defaultsFor(organization: unknown): DetectionSettings {
  return organization === undefined
    ? defaultDetectionSettings
    : { ...defaultDetectionSettings, minimumBandToNotify: 'medium' };
}

function configuration(today: string, options: ParseOptions) {
  return v.object(
    {
      /** For editors. */
      $schema: v.exactOptional(v.unknown()),
      notifyOn: v.exactOptional(field.notifyOn),
      foldingWindowMinutes: v.exactOptional(field.minutes),
      notificationBudget: v.exactOptional(notificationBudget),
      minimumBandToNotify: v.exactOptional(field.band),
      workingHours: v.exactOptional(workingHours),
      trustedAccounts: v.exactOptional(v.array(field.account, 'a list of account ids')),
      accountNames: v.exactOptional(accountNames),
      owners: v.exactOptional(owners),
      runbook: v.exactOptional(field.webAddress),
      vendors: v.exactOptional(named('vendors', vendor)),
      deployers: v.exactOptional(named('deployers', deployer)),
      exceptions: v.exactOptional(named('exceptions', exception(today, options.refuseExpired ?? false))),
      riskPoints: v.exactOptional(riskPoints(options.knownFactors)),
      retentionDays: v.exactOptional(field.retentionDays),
      organization: v.exactOptional(organization),
      routes: v.exactOptional(
        v.pipe(named('routes', route), v.maxLength(maxRoutes, `${maxRoutes} routes at most`)),
      ),
      routing: v.exactOptional(field.routing),
      accountUnits: v.exactOptional(accountUnits),
      email: v.exactOptional(field.email),
      slack: v.exactOptional(slack),
      kmsKeyArn: v.exactOptional(field.kmsKeyArn),
      alarmEmail: v.exactOptional(field.email),
      securityHub: v.exactOptional(v.boolean('true or false')),
      findingsBusArn: v.exactOptional(field.busArn),
      trailBucket: v.exactOptional(trailBucket),
      selftest: v.exactOptional(v.boolean('true or false')),
    },
    'an object',
  );
}

const notificationBudget = v.object(
  { count: v.exactOptional(field.notificationCount), minutes: v.exactOptional(field.minutes) },
  'an object of count and minutes',
);

const workingHours = v.pipe(
  v.object(
    {
      timeZone: field.timeZone,
      days: v.pipe(v.array(field.weekday, 'a list of days'), v.minLength(1, 'at least one day')),
      from: field.timeOfDay,
      to: field.timeOfDay,
    },
    'an object of timeZone, days, from and to',
  ),
  v.rawCheck(({ dataset, addIssue }) => {
    const hours: unknown = dataset.value;
    if (!isPlainObject(hours) || hours['from'] === undefined || hours['from'] !== hours['to']) return;
    addIssue(field.at(['to'], hours['to'], 'a time other than workingHours.from'));
  }),
);

const slack = v.object(
  { workspaceId: field.slackWorkspaceId, channelId: field.slackChannelId },
  'an object of workspaceId and channelId',
);

const organization = v.object(
  {
    id: field.organizationId,
    accounts: v.optional(v.array(field.account, 'a list of account ids'), []),
    readAccounts: v.optional(v.boolean('true or false'), false),
    externalId: v.exactOptional(field.externalId),
    regions: v.optional(v.array(field.region, 'a list of regions'), []),
  },
  'an object of id, accounts, readAccounts, externalId and regions',
);

const trailBucket = v.object(
  {
    bucket: field.bucketName,
    prefix: v.exactOptional(field.bucketPrefix),
    keyArn: v.exactOptional(field.kmsKeyArn),
    topicArn: v.exactOptional(field.topicArn),
  },
  'an object of bucket, prefix, keyArn and topicArn',
);

/**
 * The functions get names and ARNs of the topics in their environment, which holds 4 KB (Lambda quotas): 163 bytes each where names have
 * 40 letters, beside about 1 KB of the stack's own.
 */
const maxRoutes = 15;

const route = v.object(
  {
    name: field.routeName,
    accounts: v.exactOptional(v.array(field.account, 'a list of account ids')),
    units: v.exactOptional(v.array(field.line, 'a list of units')),
    minimumBand: v.exactOptional(field.band),
    email: v.exactOptional(field.email),
  },
  'an object of name, accounts, units, minimumBand and email',
);

const vendor = v.object(
  { name: field.name, account: field.account, layerPrefix: field.layerPrefix },
  'an object of name, account and layerPrefix',
);

const deployer = v.object(
  { name: field.name, principal: field.principal },
  'an object of name and principal',
);

const conditions = ['principal', 'account', 'region', 'function', 'layer'] as const;
const exceptionAllowed = `an object of name, owner, reason, expires and at least one of ${conditions.join(', ')}`;

function exception(today: string, refuseExpired: boolean) {
  const expires = v.pipe(
    field.date,
    v.check(
      (day) => !refuseExpired || day >= today,
      `a day not before today, ${today}; remove what has expired`,
    ),
  );
  return v.pipe(
    v.object(
      {
        name: field.name,
        owner: field.line,
        reason: field.line,
        expires,
        principal: v.exactOptional(field.principal),
        account: v.exactOptional(field.accountCondition),
        region: v.exactOptional(field.regionCondition),
        function: v.exactOptional(field.functionCondition),
        layer: v.exactOptional(field.layerCondition),
      },
      exceptionAllowed,
    ),
    v.rawCheck(({ dataset, addIssue }) => {
      const written: unknown = dataset.value;
      if (!isPlainObject(written) || conditions.some((condition) => Object.hasOwn(written, condition)))
        return;
      addIssue({ input: written, message: exceptionAllowed });
    }),
  );
}

function named<Entry extends v.GenericSchema>(key: string, entry: Entry) {
  return v.pipe(v.array(entry, 'a list of objects'), field.uniqueNames<v.InferOutput<Entry>>(key));
}

/** An object keyed by names that anybody may write becomes a Map, in which no name is special. */
function mapOf<Value>(
  value: v.GenericSchema<unknown, Value>,
  allowed: string,
  keyProblem: (key: string) => string | undefined,
) {
  return v.pipe(
    v.custom<Readonly<Record<string, unknown>>>(isPlainObject, allowed),
    v.rawCheck(({ dataset, addIssue }) => {
      const entries = isPlainObject(dataset.value) ? Object.entries(dataset.value) : [];
      for (const [key, inner] of entries) {
        const problem = keyProblem(key);
        if (problem !== undefined) addIssue(field.at([key], inner, problem));
        const [issue] = v.safeParse(value, inner).issues ?? [];
        if (issue !== undefined) addIssue(field.at([key], inner, issue.message));
      }
    }),
    v.transform(
      (record) => new Map(Object.entries(record).map(([key, inner]) => [key, v.parse(value, inner)])),
    ),
  );
}

const accountUnits = mapOf(field.line, 'an object of units by account id', (key) =>
  v.is(field.account, key) ? undefined : 'an account id of twelve digits as key',
);

const accountNames = mapOf(field.line, 'an object of names by account id', (key) =>
  v.is(field.account, key) ? undefined : 'an account id of twelve digits as key',
);

const owners = mapOf(
  field.line,
  'an object of names by account id or by the beginning of a function name',
  (key) =>
    v.is(field.account, key) || v.is(field.functionPrefix, key)
      ? undefined
      : "an account id of twelve digits or the beginning of a function's name as key, without wildcard",
);

function riskPoints(knownFactors: readonly string[] | undefined) {
  return mapOf(field.points, 'an object of points by factor', (key) => {
    if (knownFactors === undefined || knownFactors.includes(key)) return undefined;
    return `a known factor as key, the nearest is ${closest(key, knownFactors)}`;
  });
}
