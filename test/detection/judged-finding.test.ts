import type { Finding } from '../../lambda/detection/alert';
import type { Asked, Call, Target } from '../../lambda/detection/call';
import type { Change, LayerChange } from '../../lambda/detection/change';
import type { FindingContext } from '../../lambda/detection/context-document';
import { buildFinding, type Evidence } from '../../lambda/detection/finding';
import { parseRecord } from '../../lambda/detection/record';
import {
  type DetectionSettings,
  defaultDetectionSettings,
  type Exception,
} from '../../lambda/detection/settings';
import { account, functionArn, givenUpdate, layerVersion, region } from '../fixtures/records';

const now = new Date('2026-10-06T21:15:00.500Z');
const arn = layerVersion('boto-utils', 3);
const principal = `arn:aws:iam::${account}:role/ci-deploy`;
const actedBy = (fields: object) =>
  ({ actor: { short: 'somebody', words: 'somebody', ...fields } }) as FindingContext;
const byRole = actedBy({ principal });

const target: Target = { type: 'function', arn: functionArn('payments'), name: 'payments', account, region };
const layer: LayerChange = { arn, name: 'boto-utils', version: '3', account, change: 'added' };

interface Given {
  readonly record?: Readonly<Record<string, unknown>>;
  readonly target?: Partial<Target>;
  readonly asked?: Asked;
  readonly call?: Partial<Call>;
  readonly change?: Partial<Change>;
  readonly evidence?: Partial<Evidence>;
  readonly settings?: Partial<DetectionSettings>;
}

function found(given: Given = {}): Finding {
  const parsed = parseRecord(givenUpdate([arn], given.record));
  if (parsed.kind !== 'record') throw new Error(parsed.reason);
  const asked = given.asked ?? { kind: 'layers', layers: [arn] };
  const evidence: Evidence = {
    record: parsed.record,
    call: { target: { ...target, ...given.target }, asked, problems: [], ...given.call },
    change: { kind: 'added', before: [], after: [arn], layers: [layer], ...given.change },
    context: {},
    unavailable: [],
    now,
    ownNamePrefix: undefined,
    ...given.evidence,
  };
  return buildFinding(evidence, { ...defaultDetectionSettings, ...given.settings });
}

const judged = (given: Given) => found(given).document.layerwatch;
const changed = (fields: Partial<LayerChange>, given: Given = {}) =>
  judged({ ...given, change: { layers: [{ ...layer, ...fields }] } }).change.layers[0];

test('given days of retention, then the alert expires so many days from now', () => {
  expect(found({ settings: { retentionDays: 2 } }).expiresAtSeconds).toBe(1_791_321_300 + 2 * 86_400);
});

test('given a record, then the alert holds its id', () => {
  expect(judged({ record: { eventID: 'e-1' } }).event_ids).toEqual(['e-1']);
});

test('given an id of the original event, then the event has the id of the record', () => {
  const record = { eventID: 'e-1', addendum: { originalEventID: 'e-0' } };
  expect(found({ record }).document.event.id).toBe('e-1');
});

test('given a record without a source, then the provider is unknown', () => {
  expect(found({ record: { eventSource: undefined } }).document.event.provider).toBe('unknown');
});

test('given a record without a time, then its time is now', () => {
  expect(judged({ record: { eventTime: undefined } }).first_seen).toBe(now.toISOString());
});

test('given factors, then the reason lists their points', () => {
  const context = actedBy({ type: 'Root' });
  expect(found({ evidence: { context } }).document.event.reason).toBe(
    '21 base score of the rule, 30 root user',
  );
});

test('given a new alert, then it is open', () => {
  expect(judged({}).status).toBe('open');
});

test('given half a character in a name, then the document is well formed', () => {
  expect(judged({ target: { name: '\ud800' } }).target.name).toBe('\ufffd');
});

describe('the target', () => {
  const settings = {
    accountNames: new Map([[account, 'production']]),
    owners: new Map([[account, 'platform']]),
  };

  test('given one that is known, then each part is written', () => {
    expect(judged({ settings }).target).toEqual({
      type: 'function',
      arn: functionArn('payments'),
      name: 'payments',
      account,
      account_name: 'production',
      region,
      owner: 'platform',
    });
  });

  test('given nothing of it, then each part is null', () => {
    const none = { arn: undefined, name: undefined, account: undefined, region: undefined };
    expect(judged({ target: none }).target).toEqual({
      type: 'function',
      arn: null,
      name: null,
      account: null,
      account_name: null,
      region: null,
      owner: null,
    });
  });
});

describe('a layer', () => {
  test('given one that is known, then each part is written', () => {
    expect(changed({ change: 'version-changed', fromVersion: '2' })).toEqual({
      arn,
      name: 'boto-utils',
      version: '3',
      account,
      change: 'version-changed',
      from_version: '2',
      provenance: 'own-account',
      publisher: null,
    });
  });

  test('given no version before, then there is no key for it', () => {
    expect(changed({})).not.toHaveProperty('from_version');
  });

  test('given the name of its account, then it is the publisher', () => {
    const settings = { accountNames: new Map([[account, 'production']]) };
    expect(changed({}, { settings })?.publisher).toBe('production');
  });

  const unread = { arn: undefined, name: undefined, version: undefined, account: undefined };
  const published: Given = {
    target: { type: 'layer', arn: arn.slice(0, -2), name: 'boto-utils' },
    asked: { kind: 'publish', layerVersionArn: undefined, version: undefined },
  };

  test('given a publish that does not name its version, then the layer is the target', () => {
    expect(changed({ ...unread, change: 'published' }, published)).toEqual({
      arn: null,
      name: 'boto-utils',
      version: null,
      account,
      change: 'published',
      provenance: 'own-account',
      publisher: null,
    });
  });

  test('given a publish without an account, then the layer has none', () => {
    const given = { ...published, target: { ...published.target, account: undefined } };
    expect(changed({ ...unread, change: 'published' }, given)?.account).toBeNull();
  });

  test('given a layer of an update that cannot be read, then nothing of the target is its', () => {
    expect(changed({ ...unread, change: 'set' })).toEqual({
      arn: null,
      name: null,
      version: null,
      account: null,
      change: 'set',
      provenance: 'unknown-account',
      publisher: null,
    });
  });
});

describe('what the call did', () => {
  test('given the lists around it, then they are written', () => {
    expect(judged({ change: { before: [], after: [arn] } }).change).toMatchObject({
      before: [],
      after: [arn],
    });
  });

  test('given lists that are not known, then they are null', () => {
    expect(judged({ change: { before: undefined, after: undefined } }).change).toMatchObject({
      before: null,
      after: null,
    });
  });

  test('given a layer change, then there is no action', () => {
    expect(judged({}).change).not.toHaveProperty('action');
  });

  test('given tampering, then its action is written', () => {
    const asked: Asked = { kind: 'tampering', action: 'StopLogging', layers: undefined };
    expect(judged({ asked, change: { kind: 'tampering' } }).change.action).toBe('StopLogging');
  });
});

describe('who made the call', () => {
  const deployers = [
    { name: 'other', principal: 'arn:aws:iam::1:role/other' },
    { name: 'ci', principal: `arn:aws:iam::${account}:role/*` },
  ];
  const factorsOf = (given: Given) => judged(given).risk.factors.map(({ id }) => id);

  test('given a deployer, then the score is lowered', () => {
    expect(
      judged({ evidence: { context: byRole }, settings: { deployers } }).risk.factors.at(-1),
    ).toMatchObject({
      id: 'known-deployer',
      reason: 'known deployer ci',
    });
  });

  test.each<[string, FindingContext]>([
    ['another principal', actedBy({ principal: 'arn:aws:iam::2:role/x' })],
    ['no principal', actedBy({ principal: null })],
    ['no actor', {}],
  ])('given %s, then it is no deployer', (_, context) => {
    expect(factorsOf({ evidence: { context }, settings: { deployers } })).not.toContain('known-deployer');
  });

  test('given a deployer, then points that only others have count for the decision', () => {
    const history = { comparable: true, actor_new: true, new_layers: [], new_publishers: [] };
    const context = { ...byRole, history } as unknown as FindingContext;
    const settings = { deployers, minimumBandToNotify: 'medium' } as const;
    expect(judged({ evidence: { context }, settings }).disposition).toBe('notify');
  });
});

describe('a function of Layerwatch', () => {
  const own = { ownNamePrefix: 'Layerwatch-' };
  const isOwn = (given: Given) => judged(given).risk.factors.some(({ id }) => id === 'targets-layerwatch');

  test.each<[string, Partial<Target>, boolean]>([
    ['its name', { name: 'Layerwatch-Detector' }, true],
    ['another name', { name: 'payments' }, false],
    ['no name', { name: undefined }, false],
    ['a layer of its name', { type: 'layer', name: 'Layerwatch-Detector' }, false],
  ])('given %s, then whether the factor applies is right', (_, fields, expected) => {
    expect(isOwn({ target: fields, evidence: own })).toBe(expected);
  });
});

describe('the decision', () => {
  const exception: Exception = { name: 'agreed', owner: 'o', reason: 'r', expires: '2026-10-06', principal };

  test('given an exception that ends today, then it is named', () => {
    const { disposition, exception: name } = judged({
      evidence: { context: byRole },
      settings: { exceptions: [exception] },
    });
    expect([disposition, name]).toEqual(['except', 'agreed']);
  });

  test('given none, then there is no name', () => {
    expect(judged({}).exception).toBeNull();
  });
});

describe('problems', () => {
  test('given problems of record and call and a doubt, then each is written', () => {
    const given: Given = {
      record: { awsRegion: undefined },
      call: { problems: ['odd'] },
      evidence: { doubt: ['it is late'] },
    };
    expect(judged(given).problems).toEqual(['awsRegion is missing', 'odd', 'it is late']);
  });

  test('given none, then there are none', () => {
    expect(judged({}).problems).toEqual([]);
  });
});

test('given a runbook, then it is written', () => {
  expect(judged({ settings: { runbook: 'https://wiki/x' } }).runbook).toBe('https://wiki/x');
});

test('given new layers in the history, then a library that they take the place of counts', () => {
  const context = {
    history: { new_layers: [arn.slice(0, -2)], new_publishers: [] },
    layers: [{ arn, contents: { entries: 1, extensions: [], wrappers: [], shadowed: ['boto3'] } }],
  } as unknown as FindingContext;
  expect(judged({ evidence: { context } }).risk.factors.map(({ id }) => id)).toContain('shadowed-library');
});
