import type { Target } from '../../lambda/detection/call';
import { undoTampering } from '../../lambda/detection/undo-tampering';

const target: Target = {
  type: 'resource',
  arn: undefined,
  name: 'Layerwatch-X',
  account: '123456789012',
  region: 'eu-west-3',
};
const drift = {
  commands: ['npx cdk deploy --revert-drift'],
  note: 'in the folder of Layerwatch: restores the resources of its stack',
};

function undo(
  action: string,
  fields: Partial<Target> = {},
  rule?: { readonly name: string; readonly eventBusName: string | undefined },
) {
  const asked = {
    kind: 'tampering',
    action,
    layers: undefined,
    ...(rule === undefined ? {} : { rule }),
  } as const;
  return undoTampering({ ...target, ...fields }, asked);
}

describe('a trail', () => {
  const trail = { type: 'trail', name: 'main' } as const;
  test.each([
    ['StopLogging', 'aws cloudtrail start-logging --region eu-west-3 --name main', 'starts the trail again'],
    [
      'DeleteTrail',
      'aws cloudtrail describe-trails --region eu-west-3',
      'shows the trails that are left; the owner of the trail has to create it again',
    ],
    [
      'PutEventSelectors',
      'aws cloudtrail get-event-selectors --region eu-west-3 --trail-name main',
      'shows which events the trail records now; its owner has to restore them',
    ],
    [
      'UpdateTrail',
      'aws cloudtrail get-trail --region eu-west-3 --name main',
      'shows how the trail is set up now; its owner has to restore it',
    ],
  ])('given %s, then the command puts it back or shows it', (action, command, note) => {
    expect(undo(action, trail)).toEqual({ commands: [command], note });
  });

  test('given the ARN of a trail, then the command has its name', () => {
    const { commands } = undo('StopLogging', {
      type: 'trail',
      name: 'arn:aws:cloudtrail:eu-west-3:1:trail/main',
    });
    expect(commands).toEqual(['aws cloudtrail start-logging --region eu-west-3 --name main']);
  });

  test.each(['StopLogging', 'PutEventSelectors', 'UpdateTrail'])(
    'given %s and a name that AWS does not allow, then there is no command',
    (action) => {
      expect(undo(action, { type: 'trail', name: 'a;b' }).commands).toEqual([]);
    },
  );

  test('given a name with a slash that is no ARN, then there is no command', () => {
    expect(undo('StopLogging', { type: 'trail', name: 'x/main' }).commands).toEqual([]);
  });
});

describe('a rule', () => {
  const enable = 'aws events enable-rule --region eu-west-3 --name Layerwatch-R';
  test.each<[string, string, string | undefined, string]>([
    ['a name', 'Layerwatch-R', undefined, enable],
    ['an ARN', 'arn:aws:events:eu-west-3:1:rule/Layerwatch-R', undefined, enable],
    ['the default bus', 'Layerwatch-R', 'default', enable],
    ['another bus', 'Layerwatch-R', 'hub', `${enable} --event-bus-name hub`],
    [
      'the ARN of a bus',
      'Layerwatch-R',
      'arn:aws:events:eu-west-3:1:event-bus/hub',
      `${enable} --event-bus-name hub`,
    ],
  ])(
    'given %s of a rule that was disabled, then the command enables it',
    (_, name, eventBusName, command) => {
      expect(undo('DisableRule', {}, { name, eventBusName })).toEqual({
        commands: [command],
        note: 'enables the rule again',
      });
    },
  );

  test('given a bus whose name AWS does not allow, then there is no command', () => {
    expect(undo('DisableRule', {}, { name: 'Layerwatch-R', eventBusName: 'a b' }).commands).toEqual([]);
  });

  test('given a rule that was deleted, then the stack is deployed again', () => {
    expect(undo('DeleteRule', {}, { name: 'Layerwatch-R', eventBusName: undefined })).toEqual(drift);
  });

  test('given no rule, then the stack is deployed again', () => {
    expect(undo('DisableRule')).toEqual(drift);
  });
});

describe('a function', () => {
  test('given a limit of its concurrency, then the command deletes the limit', () => {
    expect(undo('PutFunctionConcurrency20171031', { type: 'function', name: 'detector' })).toEqual({
      commands: ['aws lambda delete-function-concurrency --region eu-west-3 --function-name detector'],
      note: 'lets the function run again without a limit of its own',
    });
  });

  test('given a name that AWS does not allow, then there is no command', () => {
    expect(undo('PutFunctionConcurrency20171031', { type: 'function', name: 'a b' }).commands).toEqual([]);
  });

  test('given the action on something else, then the stack is deployed again', () => {
    expect(undo('PutFunctionConcurrency20171031')).toEqual(drift);
  });

  test('given other code, then the stack is deployed again', () => {
    expect(undo('UpdateFunctionCode20150331v2', { type: 'function', name: 'detector' })).toEqual(drift);
  });
});

describe('what has no command', () => {
  test('given a forged event, then the note says what to look for', () => {
    expect(undo('ForgedEvent')).toEqual({
      commands: [],
      note: 'nothing of the event was believed; find what in that account puts events on the bus of the hub, and who may',
    });
  });

  test('given no name, then the note says so', () => {
    expect(undo('DeleteRule', { name: undefined })).toEqual({
      commands: [],
      note: 'the record does not name what the call is about',
    });
  });
});
