import { eventNamesOf, functionEventNames, sweptEventNames } from '../../lambda/detection/swept-event-names';
import {
  classifiedEventNamePrefixes,
  tamperingEventPattern,
  watchedCalls,
} from '../../lambda/detection/watched-calls';

const actions = [...new Set(watchedCalls.flatMap((entry) => entry.actions))];

describe('each service of the watched calls', () => {
  test.each(watchedCalls.map((entry) => [entry.source, entry] as const))(
    'given %s, then its event source is that of CloudTrail',
    (source, { eventSource }) => {
      expect(`${source.replace('aws.', '')}.amazonaws.com`).toBe(eventSource);
    },
  );

  test.each(watchedCalls.map((entry) => [entry.source, entry] as const))(
    'given %s, then its actions are names of calls, each once',
    (_, entry) => {
      expect(
        entry.actions.filter(
          (action, index) => !/^[A-Z][A-Za-z]{6,}$/.test(action) || entry.actions.indexOf(action) !== index,
        ),
      ).toEqual([]);
    },
  );

  test.each(watchedCalls.map((entry) => [entry.source, entry] as const))(
    'given %s, then it has actions and parameters',
    (_, entry) => {
      expect([
        entry.actions.length > 0,
        entry.parameters.length > 0,
        entry.parameters.every((name) => /^[A-Za-z]{4,}$/.test(name)),
      ]).toEqual([true, true, true]);
    },
  );

  test('given a trail, then calls on it matter whatever it is', () => {
    expect(
      watchedCalls.filter(({ isAlwaysWatched }) => isAlwaysWatched === true).map(({ source }) => source),
    ).toEqual(['aws.cloudtrail']);
  });

  test('given a stack, then its parameters name the stack itself', () => {
    expect(watchedCalls.filter(({ namesStack }) => namesStack === true).map(({ source }) => source)).toEqual([
      'aws.cloudformation',
    ]);
  });
});

describe('what EventBridge hands over', () => {
  const rule = ['PublishLayerVersion', 'UpdateFunctionConfiguration', 'CreateFunction', 'DeleteFunction'];
  const prefixes = tamperingEventPattern.detail.eventName.map(({ prefix }) => prefix);

  test('given the sources of watched calls, then the pattern has them', () => {
    expect(tamperingEventPattern.source).toEqual(watchedCalls.map(({ source }) => source));
  });

  test('given its type of event, then it is that of CloudTrail', () => {
    expect(tamperingEventPattern['detail-type']).toEqual(['AWS API Call via CloudTrail']);
  });

  test('given a call of another rule, then the pattern leaves it to that rule', () => {
    expect(prefixes.filter((prefix) => rule.some((other) => prefix.startsWith(other)))).toEqual([]);
  });

  test('given a watched call, then it is in the pattern or of another rule', () => {
    expect(
      actions.filter(
        (action) => !prefixes.includes(action) && !rule.some((other) => action.startsWith(other)),
      ),
    ).toEqual([]);
  });

  test('given a search through logs, then it looks for both', () => {
    expect(classifiedEventNamePrefixes).toEqual(expect.arrayContaining([...rule, ...prefixes]));
  });
});

describe('names that the sweep asks for', () => {
  test('given an action of Lambda, then it has the version of the API', () => {
    expect(eventNamesOf(['PutFunctionConcurrency'])).toEqual(['PutFunctionConcurrency20171031']);
  });

  test('given an action of another service, then it is its own name', () => {
    expect(eventNamesOf(['StopLogging'])).toEqual(['StopLogging']);
  });

  test('given calls that change layers and functions, then each of their names is asked for', () => {
    expect(functionEventNames).toEqual([
      'PublishLayerVersion20181031',
      'PublishLayerVersion',
      'CreateFunction20150331',
      'DeleteFunction20150331',
      'UpdateFunctionConfiguration20150331v2',
      'UpdateFunctionConfiguration20150331',
      'UpdateFunctionConfiguration',
    ]);
  });

  test('given all names, then those of functions come last', () => {
    expect(sweptEventNames.slice(-functionEventNames.length)).toEqual(functionEventNames);
  });

  test('given a name of two services, then it is asked for once', () => {
    expect(sweptEventNames.filter((name, index) => sweptEventNames.indexOf(name) !== index)).toEqual([]);
  });

  test('given a watched call, then each of its names is asked for', () => {
    expect(eventNamesOf(actions).filter((name) => !sweptEventNames.includes(name))).toEqual([]);
  });

  test('given a name, then it is its action and at most the version of the API', () => {
    expect(sweptEventNames.filter((name) => !/^[A-Z][A-Za-z]{6,}(20\d{6}(v2)?)?$/.test(name))).toEqual([]);
  });
});
