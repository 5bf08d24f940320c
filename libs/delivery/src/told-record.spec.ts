import { mergeTold, NOTHING_TOLD, readTold, writeTold } from './told-record';
import type { ToldRecord, ToldValue } from './told-record';

const NOW = Date.UTC(2026, 0, 15, 10);

function record(values: Readonly<Record<number, ToldValue>>, toldAt = NOW): ToldRecord {
  return { toldAt, values: new Map(Object.entries(values).map(([name, value]) => [Number(name), value])) };
}

function value(hash: number, at: number, toldAt = NOW): ToldValue {
  return { hash, at, toldAt };
}

/** The lowest byte first. */
function bytesOf(time: number): readonly number[] {
  return Array.from({ length: 6 }, (_, place) => Math.floor(time / 256 ** place) % 256);
}

describe(writeTold.name, () => {
  it('writes what is read again, from the smallest to the largest', () => {
    const told = record({
      0: value(0, 0, 0),
      1: value(1, NOW, NOW - 1),
      4294967295: value(2 ** 48 - 1, 4102444800000),
    });
    expect(readTold(writeTold(told))).toEqual(told);
  });

  it('keeps what is older than all times as older than these', () => {
    const told = record({ 7: value(1, -1), 8: value(1, 0) });
    expect(readTold(writeTold(told))).toEqual(told);
  });

  it('takes at most 16 bytes for an attribute, and ten and a little where they were told together', () => {
    const many = Array.from({ length: 20 }, (_, name) => [name, value(name, NOW - name, NOW - (name % 7))] as const);
    const some = record(Object.fromEntries(many.slice(0, 19)));
    const all = record(Object.fromEntries(many));
    expect(writeTold(all).length - writeTold(some).length).toBe(16);
    const together = many.map(([name, one]) => [name, { ...one, at: NOW, toldAt: NOW }]);
    expect(writeTold(record(Object.fromEntries(together))).length).toBe(8 + 3 * 6 + 20 * 10);
  });

  it('takes no more however many times of telling there are', () => {
    const many = Array.from({ length: 20 }, (_, name) => [name, value(name, NOW - name, NOW - name)] as const);
    expect(writeTold(record(Object.fromEntries(many))).length).toBe(8 + 6 * 6 + 20 * 16);
  });

  it('makes nothing told later than it was, nor much earlier, however many times there are', () => {
    const DAY = 86_400_000;
    // One is told after the other, and all is read and written each time.
    let told = record({});
    for (let name = 0; name < 40; name += 1) {
      const toldAt = NOW + (name * DAY) / 40;
      told = readTold(writeTold({ toldAt, values: new Map([...told.values, [name, value(name, NOW, toldAt)]]) }));
    }
    expect(told.values.size).toBe(40);
    for (const [name, { toldAt }] of told.values) {
      const early = NOW + (name * DAY) / 40 - toldAt;
      expect(early).toBeGreaterThanOrEqual(0);
      expect(early).toBeLessThan(DAY / 2);
    }
  });

  it('keeps of very many those that were told last', () => {
    const many = Array.from({ length: 200 }, (_, name) => [name, value(name, NOW, NOW - name)] as const);
    const { values } = readTold(writeTold(record(Object.fromEntries(many))));
    expect([...values.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: 128 }, (_, name) => name));
  });
});

describe(readTold.name, () => {
  it('reads what an earlier version wrote', () => {
    const written = [1, 1, ...bytesOf(NOW), ...bytesOf(NOW * 64), 7, 0, 0, 0, 1, 0, 0, 0, 0, 0];
    const never = [...bytesOf((NOW * 8 + 7) * 8), 8, 0, 0, 0, 2, 0, 0, 0, 0, 0];
    const told = record({ 7: value(1, NOW), 8: value(2, NOW, 0) });
    expect(readTold(Uint8Array.from([...written, ...never]))).toEqual(told);
  });

  it('reads nothing where there is nothing, or something else', () => {
    for (const bytes of [undefined, new Uint8Array(), Uint8Array.of(7, 1, 2), Uint8Array.of(1), Uint8Array.of(1, 0)]) {
      expect(readTold(bytes)).toEqual(NOTHING_TOLD);
    }
  });
});

describe(mergeTold.name, () => {
  const merge = (kept: ToldRecord, news: ToldRecord): ToldRecord =>
    readTold(mergeTold(writeTold(kept), writeTold(news)));

  it('takes of each attribute what is newer, of two as new what came last', () => {
    const kept = record({ 1: value(1, 10), 2: value(1, 10), 3: value(1, 10), 4: value(1, 10) });
    const news = record({ 1: value(2, 9), 2: value(2, 10), 3: value(2, 11), 5: value(2, 1), 6: value(2, -1) });
    const hashes = Object.fromEntries([...merge(kept, news).values].map(([name, { hash }]) => [name, hash]));
    expect(hashes).toEqual({ 1: 1, 2: 2, 3: 2, 4: 1, 5: 2, 6: 2 });
  });

  it('counts as never told what two told at the same time, as nobody knows what UserLeap took last', () => {
    const kept = record({ 1: value(1, 10), 2: value(1, 10), 3: value(1, 10) });
    const news = record({ 1: value(2, 9, NOW + 1_000), 2: value(1, 9, NOW + 1_000), 3: value(2, 11, NOW + 60_000) });
    expect(Object.fromEntries(merge(kept, news).values)).toEqual({
      1: value(1, 10, 0),
      2: value(1, 10),
      3: value(2, 11, NOW + 60_000),
    });
  });

  it('keeps the later time of telling, and all of the news where nothing was kept', () => {
    expect(merge(record({}, NOW), record({}, NOW - 5)).toldAt).toBe(NOW);
    const news = record({ 1: value(1, 10) });
    expect(readTold(mergeTold(undefined, writeTold(news)))).toEqual(news);
  });
});
