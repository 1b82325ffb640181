import type { Call, Target } from '../../lambda/detection/call';
import type { ChangeKind } from '../../lambda/detection/change-kinds';
import { type DispositionFacts, dispose } from '../../lambda/detection/disposition';
import type { LayerVerdict } from '../../lambda/detection/finding-document';
import {
  type DetectionSettings,
  defaultDetectionSettings,
  type Exception,
} from '../../lambda/detection/settings';
import { functionArn, layerVersion } from '../fixtures/records';

const principal = 'arn:aws:iam::123456789012:role/ci-deploy';
const account = '123456789012';
const region = 'eu-west-3';
const layerArn = layerVersion('boto-utils', 3);

const target: Target = {
  type: 'function',
  arn: functionArn('payments'),
  name: 'payments',
  account,
  region,
} as Target;

function callOn(fields: Partial<Target>): Call {
  return {
    target: { ...target, ...fields },
    asked: { kind: 'layers', layers: [layerArn] },
    problems: [],
  } as Call;
}

function layer(fields: Partial<LayerVerdict>): LayerVerdict {
  return {
    arn: layerArn,
    name: 'boto-utils',
    version: '3',
    account,
    change: 'added',
    provenance: 'own-account',
    publisher: null,
    ...fields,
  };
}

function risk(...points: readonly number[]): DispositionFacts['riskOfAnybody'] {
  return {
    score: 0,
    band: 'low',
    factors: points.map((each) => ({ id: 'any', points: each, reason: 'any' })),
  };
}

function factsOf(kind: ChangeKind, fields: Partial<DispositionFacts> = {}): DispositionFacts {
  return {
    call: callOn({}),
    change: { kind, before: [], after: [layerArn] } as unknown as DispositionFacts['change'],
    layers: [layer({})],
    riskOfAnybody: risk(21),
    context: { actor: { principal } as NonNullable<DispositionFacts['context']['actor']> },
    deployer: undefined,
    doubt: undefined,
    today: '2026-10-06',
    ...fields,
  };
}

function exception(conditions: Partial<Exception>): Exception {
  return { name: 'agreed', owner: 'platform', reason: 'agreed', expires: '2026-12-31', ...conditions };
}

function reasonOf(facts: DispositionFacts, settings: Partial<DetectionSettings> = {}): string {
  return dispose(facts, { ...defaultDetectionSettings, ...settings }).reason;
}

function withExtension(arn: string): DispositionFacts['context'] {
  const contents = { entries: 1, extensions: ['watcher'], wrappers: [], shadowed: [] };
  return {
    layers: [{ arn, contents } as unknown as NonNullable<DispositionFacts['context']['layers']>[number]],
  };
}

describe('what is notified by the default settings', () => {
  test.each<[ChangeKind, string]>([
    ['added', 'notified'],
    ['version-changed', 'notified'],
    ['before-unknown', 'notified'],
    ['published', 'notified'],
    ['unreadable', 'notified'],
    ['tampering', 'notified'],
    ['unchanged', 'change-not-notified'],
    ['reordered', 'change-not-notified'],
    ['no-layers', 'change-not-notified'],
  ])('given a change of kind %s, then the reason is %s', (kind, reason) => {
    expect(reasonOf(factsOf(kind))).toBe(reason);
  });

  test('given a call in doubt that changes nothing, then it is notified', () => {
    expect(reasonOf(factsOf('unchanged', { doubt: ['it is late'] }))).toBe('notified');
  });
});

describe('a removed layer', () => {
  const removed = (fields: Partial<LayerVerdict>, rest: Partial<DispositionFacts> = {}) =>
    factsOf('removed', { layers: [layer({ change: 'removed', ...fields })], ...rest });

  test.each<LayerVerdict['provenance']>(['aws', 'vendor', 'trusted'])(
    'given one of provenance %s, then it is notified',
    (provenance) => {
      expect(reasonOf(removed({ provenance }))).toBe('notified');
    },
  );

  test.each<LayerVerdict['provenance']>(['own-account', 'unknown-account', 'organization'])(
    'given one of provenance %s, then it is recorded',
    (provenance) => {
      expect(reasonOf(removed({ provenance }))).toBe('change-not-notified');
    },
  );

  test('given an own one that started an extension, then it is notified', () => {
    expect(reasonOf(removed({}, { context: withExtension(layerArn) }))).toBe('notified');
  });

  test('given an extension in another layer, then it is recorded', () => {
    expect(reasonOf(removed({}, { context: withExtension(layerVersion('other', 1)) }))).toBe(
      'change-not-notified',
    );
  });

  test('given contents without extensions, then it is recorded', () => {
    const { layers: [inside] = [] } = withExtension(layerArn);
    const contents = { entries: 1, extensions: [], wrappers: [], shadowed: [] };
    const context = { layers: [{ ...inside, contents }] } as unknown as DispositionFacts['context'];
    expect(reasonOf(removed({}, { context }))).toBe('change-not-notified');
  });

  test('given contents that are not known, then it is recorded', () => {
    const context = { layers: [{ arn: layerArn, contents: null }] } as unknown as DispositionFacts['context'];
    expect(reasonOf(removed({}, { context }))).toBe('change-not-notified');
  });

  test('given a deployer who took off a layer of AWS, then it is recorded', () => {
    expect(reasonOf(removed({ provenance: 'aws' }, { deployer: 'ci' }))).toBe('change-not-notified');
  });

  test('given a layer of AWS that was kept, then it is recorded', () => {
    expect(reasonOf(removed({ provenance: 'aws', change: 'kept' }))).toBe('change-not-notified');
  });
});

describe('the setting notifyOn', () => {
  test('given every-match, then a call that changes nothing is notified', () => {
    expect(reasonOf(factsOf('unchanged'), { notifyOn: 'every-match' })).toBe('notified');
  });

  test('given a list with the kind, then it is notified', () => {
    expect(reasonOf(factsOf('reordered'), { notifyOn: ['reordered'] })).toBe('notified');
  });

  test('given a list without the kind, then it is recorded', () => {
    expect(reasonOf(factsOf('added'), { notifyOn: ['reordered'] })).toBe('change-not-notified');
  });

  test('given a list without tampering, then tampering is notified', () => {
    expect(reasonOf(factsOf('tampering'), { notifyOn: ['reordered'] })).toBe('notified');
  });
});

describe('the setting minimumBandToNotify', () => {
  const minimumBandToNotify = 'high';
  test.each<[string, readonly number[], string]>([
    ['points below it', [21, 26], 'below-minimum-severity'],
    ['points that reach it', [21, 27], 'notified'],
    ['points that reach it, and a deduction', [21, 27, -15], 'notified'],
  ])('given %s, then the severity without deductions decides', (_, points, reason) => {
    expect(reasonOf(factsOf('added', { riskOfAnybody: risk(...points) }), { minimumBandToNotify })).toBe(
      reason,
    );
  });

  test('given a call that is not severe enough, then it is only recorded', () => {
    const settings = { ...defaultDetectionSettings, minimumBandToNotify } as const;
    expect(dispose(factsOf('added'), settings).disposition).toBe('record');
  });

  test.each([
    ['tampering', factsOf('tampering')],
    ['a doubt', factsOf('added', { doubt: ['it is late'] })],
  ])('given %s below it, then it is notified', (_, facts) => {
    expect(reasonOf(facts, { minimumBandToNotify })).toBe('notified');
  });
});

describe('an exception', () => {
  const agreed = exception({ principal });

  test('given one that fits, then the decision names it', () => {
    const settings = { ...defaultDetectionSettings, exceptions: [agreed] };
    expect(dispose(factsOf('added'), settings)).toEqual({
      disposition: 'except',
      reason: 'excepted',
      exception: agreed,
    });
  });

  test.each<[string, Partial<Exception>]>([
    ['its principal', { principal }],
    ['its account', { account }],
    ['its region', { region }],
    ['its function', { function: 'payments' }],
    ['its layer', { layer: layerArn }],
  ])('given a call that fits %s, then it is excepted', (_, conditions) => {
    expect(reasonOf(factsOf('added'), { exceptions: [exception(conditions)] })).toBe('excepted');
  });

  test('given a call in doubt, then it is notified', () => {
    expect(reasonOf(factsOf('added', { doubt: ['it is late'] }), { exceptions: [agreed] })).toBe('notified');
  });

  test('given a session without a principal, then a condition on it does not hold', () => {
    expect(reasonOf(factsOf('added', { context: {} }), { exceptions: [agreed] })).toBe('notified');
  });

  test.each<[string, Partial<Exception>, string]>([
    ['principal and function', { principal, function: 'payments' }, 'excepted'],
    ['principal alone', { principal }, 'notified'],
    ['function alone', { function: 'payments' }, 'notified'],
  ])('given tampering and conditions on %s, then it is as safe as it has to be', (_, conditions, reason) => {
    expect(reasonOf(factsOf('tampering'), { exceptions: [exception(conditions)] })).toBe(reason);
  });

  test.each<[string, Partial<Target>, string, string]>([
    ['a trail', { type: 'trail', name: 'main' }, 'trail/main', 'excepted'],
    [
      'the ARN of a trail',
      { type: 'trail', name: `arn:aws:cloudtrail:${region}:${account}:trail/main` },
      'trail/main',
      'excepted',
    ],
    ['a trail of the name of a function', { type: 'trail', name: 'payments' }, 'payments', 'notified'],
    ['a layer of the name of a function', { type: 'layer', name: 'payments' }, 'payments', 'notified'],
    ['no name', { name: undefined }, 'payments', 'notified'],
    ['no name of a trail', { type: 'trail', name: undefined }, 'trail/*', 'notified'],
  ])('given %s, then its name decides', (_, fields, pattern, reason) => {
    const facts = factsOf('tampering', { call: callOn(fields) });
    expect(reasonOf(facts, { exceptions: [exception({ principal, function: pattern })] })).toBe(reason);
  });

  test('given a layer that was kept, then a condition on layers does not look at it', () => {
    const layers = [layer({}), layer({ arn: layerVersion('other', 1), change: 'kept' })];
    expect(reasonOf(factsOf('added', { layers }), { exceptions: [exception({ layer: layerArn })] })).toBe(
      'excepted',
    );
  });

  test('given a layer of AWS that was taken off beside, then a condition on the new layer does not cover it', () => {
    const layers = [
      layer({}),
      layer({ arn: layerVersion('guard', 1), change: 'removed', provenance: 'aws' }),
    ];
    expect(reasonOf(factsOf('added', { layers }), { exceptions: [exception({ layer: layerArn })] })).toBe(
      'notified',
    );
  });

  test('given a layer without an ARN, then a condition on layers does not hold', () => {
    const facts = factsOf('published', { layers: [layer({ arn: null, change: 'published' })] });
    expect(reasonOf(facts, { exceptions: [exception({ layer: 'arn:*' })] })).toBe('notified');
  });
});
