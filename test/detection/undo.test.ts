import type { Asked, Call, Target } from '../../lambda/detection/call';
import type { Change } from '../../lambda/detection/change';
import type { ChangeKind } from '../../lambda/detection/change-kinds';
import type { FunctionContext } from '../../lambda/detection/context-document';
import type { LayerVerdict } from '../../lambda/detection/finding-document';
import { undoOf } from '../../lambda/detection/undo';
import { layerVersion } from '../fixtures/records';

const a1 = layerVersion('a', 1);
const b2 = layerVersion('b', 2);
const foreign = layerVersion('boto-utils', 3, '999988887777');
const revision = '0a1b2c3d-0000-4000-8000-00000000000f';
const update = 'aws lambda update-function-configuration --region eu-west-3 --function-name payments';
const lookUps = [
  `aws lambda get-function-configuration --region eu-west-3 --function-name payments --query '{Layers:Layers[].Arn,RevisionId:RevisionId}'`,
  `aws lambda list-versions-by-function --region eu-west-3 --function-name payments --query 'Versions[].[Version,LastModified,Layers[].Arn]'`,
];
const refused = 'no command is given, because a name in the record is none that AWS allows';

const callOf = (asked: Asked, target: Partial<Target> = {}): Call => ({
  target: {
    type: 'function',
    arn: undefined,
    name: 'payments',
    account: '123456789012',
    region: 'eu-west-3',
    ...target,
  },
  asked,
  problems: [],
});
const setting = callOf({ kind: 'layers', layers: [a1, foreign] });

function changeOf(
  kind: ChangeKind,
  before: readonly string[] | undefined,
  after: readonly string[] = [a1],
): Change {
  return { kind, before, after, layers: [] };
}

function layer(arn: string | null, provenance: LayerVerdict['provenance']): LayerVerdict {
  return { arn, name: null, version: null, account: null, change: 'set', provenance, publisher: null };
}

function found(fields: Partial<FunctionContext>): FunctionContext {
  const complete = { layers_now: [a1], revision_id: revision, update_status: 'Successful', ...fields };
  return complete as FunctionContext;
}

describe('layers before that are known', () => {
  test.each<ChangeKind>([
    'added',
    'version-changed',
    'unseen-change',
    'removed',
    'reordered',
    'unreadable',
    'before-unknown',
  ])('given a change of kind %s, then the command sets them', (kind) => {
    expect(undoOf(setting, changeOf(kind, [a1, b2]), []).commands).toEqual([
      `${update} --layers ${a1} ${b2}`,
    ]);
  });

  test('given none before, then the command sets an empty list', () => {
    expect(undoOf(setting, changeOf('added', []), []).commands).toEqual([`${update} --layers '[]'`]);
  });

  test('given one that is no ARN, then there is no command', () => {
    expect(undoOf(setting, changeOf('added', [a1, 'a;b']), [])).toEqual({ commands: [], note: refused });
  });

  test('given a first one that is no ARN, then there is no command', () => {
    expect(undoOf(setting, changeOf('added', ['a;b', a1]), []).commands).toEqual([]);
  });

  test('given a name of a function that AWS does not allow, then there is no command', () => {
    expect(undoOf(callOf(setting.asked, { name: '-x' }), changeOf('added', [a1]), []).commands).toEqual([]);
  });

  test('given a region that AWS does not have, then there is no command', () => {
    expect(undoOf(callOf(setting.asked, { region: 'x y' }), changeOf('added', [a1]), []).commands).toEqual(
      [],
    );
  });
});

describe('the revision that guards the command', () => {
  const guarded = (fields: Partial<FunctionContext>) =>
    undoOf(setting, changeOf('added', [b2]), [], found(fields));

  test('given a complete update whose layers are those of the call, then the command names it', () => {
    expect(guarded({}).commands).toEqual([`${update} --layers ${b2} --revision-id ${revision}`]);
  });

  test('given one, then the note says what it does', () => {
    expect(guarded({}).note).toBe(
      'restores the layers from before; refused where the function was changed since',
    );
  });

  test('given none, then the note says what to check', () => {
    expect(undoOf(setting, changeOf('added', [b2]), []).note).toBe(
      'restores the layers from before; check first that the function was not changed since',
    );
  });

  test.each<[string, Partial<FunctionContext>]>([
    ['other layers by now', { layers_now: [b2] }],
    ['an update that runs', { update_status: 'InProgress' }],
    ['no revision', { revision_id: null }],
    ['a revision that is no UUID', { revision_id: 'rev-1' }],
  ])('given %s, then the command names none', (_, fields) => {
    expect(guarded(fields).commands).toEqual([`${update} --layers ${b2}`]);
  });
});

describe('layers before that are not known', () => {
  const unknown = changeOf('before-unknown', undefined);

  test('given a layer of an unknown account, then the first command keeps the others', () => {
    const layers = [layer(a1, 'own-account'), layer(foreign, 'unknown-account')];
    expect(undoOf(setting, unknown, layers).commands).toEqual([`${update} --layers ${a1}`, ...lookUps]);
  });

  test('given a layer of an unknown account, then the note says what each command does', () => {
    expect(undoOf(setting, unknown, [layer(foreign, 'unknown-account')]).note).toBe(
      'the layers before are not known; the first command removes the layers of unknown accounts and keeps the others, the others show what it has now, and what its published versions had',
    );
  });

  test('given no other layer, then the first command sets an empty list', () => {
    expect(undoOf(setting, unknown, [layer(foreign, 'unknown-account')]).commands[0]).toBe(
      `${update} --layers '[]'`,
    );
  });

  test('given a layer without an ARN beside, then the first command leaves it out', () => {
    const layers = [layer(null, 'own-account'), layer(b2, 'aws'), layer(foreign, 'unknown-account')];
    expect(undoOf(setting, unknown, layers).commands[0]).toBe(`${update} --layers ${b2}`);
  });

  test('given another layer that is no ARN, then there is no command', () => {
    const layers = [layer('a;b', 'own-account'), layer(foreign, 'unknown-account')];
    expect(undoOf(setting, unknown, layers)).toEqual({ commands: [], note: refused });
  });

  test('given no layer of an unknown account, then the commands look the function up', () => {
    expect(undoOf(setting, unknown, [layer(a1, 'own-account')])).toEqual({
      commands: lookUps,
      note: 'the layers before are not known; the commands show what the function has now, and what its published versions had',
    });
  });

  test('given a call that cannot be read, then the commands look the function up', () => {
    expect(undoOf(setting, changeOf('unreadable', undefined), [layer(foreign, 'unknown-account')])).toEqual({
      commands: lookUps,
      note: 'shows what the function has now and what its published versions had',
    });
  });
});

describe('calls that need no command for layers', () => {
  test.each<ChangeKind>(['no-layers', 'unchanged'])(
    'given a change of kind %s, then there is none',
    (kind) => {
      expect(undoOf(setting, changeOf(kind, [a1]), [])).toEqual({
        commands: [],
        note: 'the call changed no layers',
      });
    },
  );

  test('given no name of the function, then the note says so', () => {
    expect(undoOf(callOf(setting.asked, { name: undefined }), changeOf('added', [a1]), [])).toEqual({
      commands: [],
      note: 'the record does not name the function',
    });
  });

  test('given tampering, then what was tampered with is put back', () => {
    const asked: Asked = { kind: 'tampering', action: 'StopLogging', layers: undefined };
    const { commands } = undoOf(
      callOf(asked, { type: 'trail', name: 'main' }),
      changeOf('tampering', undefined),
      [],
    );
    expect(commands).toEqual(['aws cloudtrail start-logging --region eu-west-3 --name main']);
  });
});

describe('a published version', () => {
  const publish = (version: string | undefined, name: string | undefined = 'boto-utils') =>
    undoOf(
      callOf({ kind: 'publish', layerVersionArn: undefined, version }, { type: 'layer', name }),
      changeOf('published', undefined),
      [],
    );

  test('given its number, then the command deletes it', () => {
    expect(publish('123456789012')).toEqual({
      commands: [
        'aws lambda delete-layer-version --region eu-west-3 --layer-name boto-utils --version-number 123456789012',
      ],
      note: 'deletes the version; functions that already use it keep running with it',
    });
  });

  test.each(['x', '1x', 'x1', '1234567890123', ''])(
    'given the number %j, then there is no command',
    (version) => {
      expect(publish(version)).toEqual({ commands: [], note: refused });
    },
  );

  test('given no number, then the note says so', () => {
    expect(publish(undefined)).toEqual({
      commands: [],
      note: 'the record does not say which version was published',
    });
  });

  test('given no name of the layer, then there is no command', () => {
    const asked: Asked = { kind: 'publish', layerVersionArn: undefined, version: '3' };
    expect(undoOf(callOf(asked, { name: undefined }), changeOf('published', undefined), []).commands).toEqual(
      [],
    );
  });
});
