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

  it('has room for 16 MB, and gives half of it at a time, but no less than a turn may need', () => {
    take()?.narrow(3 * MEGABYTE);
    expect(Array.from({ length: 3 }, () => take()?.bytes)).toEqual([8 * MEGABYTE, 5 * MEGABYTE, undefined]);
  });

  it('has room for more where they turn out to be small', () => {
    for (let turns = 0; turns < 100; turns += 1) take()?.narrow(100 * 1024);
    expect(take()).toBeDefined();
  });

  it('tells who waits when there may be room, once', () => {
    const rooms = [take(), take()];
    take();
    rooms[0]?.narrow(7 * MEGABYTE);
    expect([told, take()]).toEqual([1, undefined]);
    rooms[0]?.free(3 * MEGABYTE);
    expect(told).toBe(2);
    expect(take()).toBeDefined();
    rooms[1]?.free(8 * MEGABYTE);
    expect(told).toBe(2);
  });

  it('has room for the first turn of a destination, however much the others take', () => {
    for (let turns = 0; turns < 4; turns += 1) take()?.narrow(20 * MEGABYTE);
    expect([take(), take(true)]).toEqual([undefined, expect.anything()]);
  });
});
