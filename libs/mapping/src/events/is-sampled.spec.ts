import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isSampled, samplePosition } from './is-sampled';

const DOCS = readFileSync(join(__dirname, '../../../../docs/mapping.md'), 'utf8');
const EXAMPLES = [...DOCS.matchAll(/^\| `(.+)` +\| (\d+\.\d{4}) +\|$/gm)].map(([, id = '', position]) => [
  id,
  position,
]);

describe(samplePosition.name, () => {
  it.each([
    ['', 0],
    ['hello', 0x248bfa47],
    ['hello, world', 0x149bbb7f],
    ['The quick brown fox jumps over the lazy dog', 0x2e4ff723],
  ])('is MurmurHash3 of %j', (id, hash) => {
    expect(samplePosition(id)).toBe((hash / 2 ** 32) * 100);
  });

  it('is what docs/mapping.md says', () => {
    expect(EXAMPLES).toHaveLength(10);
    expect(EXAMPLES.map(([id = '']) => [id, samplePosition(id).toFixed(4)])).toEqual(EXAMPLES);
  });

  it.each([
    ['numbers', (at: number) => `${1_000_000 + at}`],
    ['names', (at: number) => `user-${at}`],
    ['addresses', (at: number) => `ann${at}@example.com`],
  ])('spreads ids that follow each other evenly: %s', (_, idOf) => {
    const counts = Array<number>(100).fill(0);
    for (let at = 0; at < 50_000; at += 1) {
      const slot = Math.floor(samplePosition(idOf(at)));
      counts[slot] = (counts[slot] ?? 0) + 1;
    }
    // 99 degrees of freedom: a value over 150 would come by chance once in a thousand tries.
    expect(counts.reduce((sum, count) => sum + (count - 500) ** 2 / 500, 0)).toBeLessThan(150);
  });
});

describe(isSampled.name, () => {
  it('takes everybody at 100 and nobody at 0', () => {
    expect(['', 'hello'].map((id) => [isSampled(id, 100), isSampled(id, 0)])).toEqual(Array(2).fill([true, false]));
  });
});
