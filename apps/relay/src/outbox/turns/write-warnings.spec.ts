import type { Warning } from '@segment-userleap/mapping';
import { writeWarnings } from './write-warnings';

describe(writeWarnings.name, () => {
  const warning = (trait: string): Warning => ({ code: 'value_too_long', trait });

  it('writes all of a few', () => {
    const few = [warning('a'), warning('b')];
    expect(JSON.parse(writeWarnings(few))).toEqual(few);
    expect(writeWarnings([])).toBe('[]');
  });

  it('writes the first 8 KB of many', () => {
    const many = Array.from({ length: 20_000 }, (_, index) => warning(`trait ${index}`));
    const written = writeWarnings(many);
    expect(written.length).toBeLessThanOrEqual(8 * 1024);
    const kept = JSON.parse(written) as readonly Warning[];
    expect(kept).toEqual(many.slice(0, kept.length));
    expect(kept.length).toBeGreaterThan(100);
  });

  it('writes none of a trait whose name is longer than that', () => {
    expect(writeWarnings([warning('x'.repeat(10_000))])).toBe('[]');
  });
});
