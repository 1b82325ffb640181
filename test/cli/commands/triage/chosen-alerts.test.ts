import { choiceOf, idsOf } from '../../../../cli/commands/triage/chosen-alerts';

const id = 'b779bd22633df3e2a00b37f2f91cb4f90f51b096e2ad824ba7d821946fae5f2c';

describe('ids on stdin', () => {
  test.each([
    ['one a line', `${id}\n\nabcdef012345\n`, [id, 'abcdef012345']],
    ['a table of alerts', 'ID            AGE  BAND\nabcdef012345  2h   low 21\n', ['abcdef012345']],
    ['the documents of alerts --json', `{"layerwatch":{"alert_id":"${id}"}}\n`, [id]],
    ['one twice', 'abcdef012345\nabcdef012345\n', ['abcdef012345']],
    ['what is no document', '{"layerwatch":\n', ['{"layerwatch":']],
    ['a document without an id', '{"a":1}\n', ['undefined']],
  ])('given %s, then they are read', (_, text, expected) => {
    expect(idsOf(text)).toEqual(expected);
  });

  test.each(['', '\n \n', 'ID  AGE\n'])('given %j, then it says that there is none', (text) => {
    expect(() => idsOf(text)).toThrow('stdin has no ids of alerts, one a line');
  });
});

describe('the alerts that are meant', () => {
  test('given ids, then they are', async () => {
    expect(await choiceOf([id], {})).toEqual({ by: 'ids', ids: [id] });
  });

  test('given a filter, then it has the time of a list', async () => {
    expect(await choiceOf([], { actor: 'ci-deploy' })).toMatchObject({
      by: 'filter',
      filter: { actor: 'ci-deploy', since: '7d' },
    });
  });

  test.each([
    ['neither', [], {}, /no alert is named; give ids, - for ids from stdin, or a filter/],
    ['both', [id], { band: 'high' as const }, /there are ids and a filter; give one of the two/],
    ['a time that is none', [], { since: 'soon' }, /--since is "soon"; allowed: a duration/],
  ])('given %s, then it says what to give', async (_, ids, options, message) => {
    await expect(choiceOf(ids, options)).rejects.toThrow(message);
  });
});
