import { logsManagementWrites } from '../../../../cli/commands/doctor/checks/trail';

const advanced = (...fields: readonly (readonly [string, readonly string[]])[]) => ({
  AdvancedEventSelectors: [
    { FieldSelectors: fields.map(([Field, Equals]) => ({ Field, Equals: [...Equals] })) },
  ],
});

test.each<[string, Parameters<typeof logsManagementWrites>[0], boolean]>([
  ['no selectors', {}, true],
  ['all', { EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true }] }, true],
  ['writes', { EventSelectors: [{ ReadWriteType: 'WriteOnly', IncludeManagementEvents: true }] }, true],
  ['reads', { EventSelectors: [{ ReadWriteType: 'ReadOnly', IncludeManagementEvents: true }] }, false],
  ['data events', { EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: false }] }, false],
  ['management, advanced', advanced(['eventCategory', ['Management']]), true],
  ['writes, advanced', advanced(['eventCategory', ['Management']], ['readOnly', ['false']]), true],
  ['reads, advanced', advanced(['eventCategory', ['Management']], ['readOnly', ['true']]), false],
  ['data events, advanced', advanced(['eventCategory', ['Data']]), false],
])(
  'given a trail with selectors of %s, then whether it logs what is needed is known',
  (_, selectors, expected) => {
    expect(logsManagementWrites(selectors)).toBe(expected);
  },
);
