import fc from 'fast-check';
import { readLogs } from '../../lambda/logs/read-logs';
import { UnsearchablePrefixError, WantedNames } from '../../lambda/logs/wanted-names';

const letters = fc.string({ unit: fc.constantFrom('A', 'b', 'S', 't'), maxLength: 4 });

describe('names that are wanted', () => {
  test('given any prefixes and any name, then bytes and text give the same answer', () => {
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 5 }), letters, (prefixes, name) => {
        const wanted = new WantedNames(prefixes);
        const bytes = Buffer.from(`"${name}"`);
        expect(wanted.beginAt(bytes, 1)).toBe(wanted.includes(name));
        expect(wanted.includes(name)).toBe(prefixes.some((prefix) => name.startsWith(prefix)));
      }),
    );
  });

  test.each(['Get*', 'a b', 'x1', 'é', '"'])('given the prefix %j, then it is refused', (prefix) => {
    const read = () =>
      readLogs([], { eventNamePrefixes: ['StopLogging', prefix], onProblem: () => undefined });
    expect(read).toThrow(UnsearchablePrefixError);
  });
});
