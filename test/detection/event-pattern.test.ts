import { eventPattern } from '../../lambda/detection/event-pattern';
import { parseRecord } from '../../lambda/detection/record';
import { matchRule } from '../../lambda/detection/rule';
import { patternRows } from '../fixtures/pattern-rows';

/** The pattern is so plain that two comparisons are all of its meaning; Amazon's own engine is asked apart. */
function selects(envelope: Readonly<Record<string, unknown>>): boolean {
  const { eventName } = envelope['detail'] as { readonly eventName: unknown };
  return (
    (eventPattern.source as readonly unknown[]).includes(envelope['source']) &&
    (eventPattern['detail-type'] as readonly unknown[]).includes(envelope['detail-type']) &&
    eventPattern.detail.eventName.some(({ prefix }) => String(eventName).startsWith(prefix))
  );
}

function matches(envelope: unknown): boolean {
  const parsed = parseRecord(envelope);
  return parsed.kind === 'record' && matchRule(parsed.record).matched;
}

describe('the pattern selects, the code decides', () => {
  test('given the pattern, then it asks for source, detail type and the beginning of the name, and nothing else', () => {
    expect(Object.keys(eventPattern).sort()).toEqual(['detail', 'detail-type', 'source']);
    expect(Object.keys(eventPattern.detail)).toEqual(['eventName']);
  });

  test.each(patternRows)('given $name', ({ envelope, matches: isMatch, selected }) => {
    expect({ matches: matches(envelope), selected: selects(envelope) }).toEqual({
      matches: isMatch,
      selected,
    });
  });

  test('given all rows, then none that the code would take is kept from it', () => {
    expect(patternRows.filter(({ matches: isMatch, selected }) => isMatch && !selected)).toEqual([]);
  });
});
