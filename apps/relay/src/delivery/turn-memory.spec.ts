import { TurnMemory } from './turn-memory';

const MEGABYTE = 1024 * 1024;

describe(TurnMemory.name, () => {
  let memory: TurnMemory;
  let told: number;
  beforeEach(() => {
    memory = new TurnMemory();
    told = 0;
  });
  const take = (isFirst = false) => memory.take(isFirst, () => (told += 1));

  it('has room for four turns whose size is not known', () => {
    expect(Array.from({ length: 5 }, () => take() !== undefined)).toEqual([true, true, true, true, false]);
  });

  it('has room for more where they turn out to be small', () => {
    for (let turns = 0; turns < 100; turns += 1) take()?.narrow(100 * 1024);
    expect(take()).toBeDefined();
  });

  it('tells who waits when there may be room, once', () => {
    const rooms = [take(), take(), take(), take()];
    take();
    rooms[0]?.narrow(3 * MEGABYTE);
    expect([told, take()]).toEqual([1, undefined]);
    rooms[1]?.free();
    expect(told).toBe(2);
    expect(take()).toBeDefined();
    rooms[2]?.free();
    expect(told).toBe(2);
  });

  it('has room for the first turn of a destination, however much the others take', () => {
    for (let turns = 0; turns < 4; turns += 1) take()?.narrow(20 * MEGABYTE);
    expect([take(), take(true)]).toEqual([undefined, expect.anything()]);
  });
});
