import { VirtualClock } from '../../test/virtual-clock';
import { DatabaseClock } from './database-clock';

const HOUR = 3_600_000;

describe(DatabaseClock.name, () => {
  let machine: VirtualClock;
  let ahead: number;
  let clock: DatabaseClock;
  /** What the database would answer now. */
  const shared = (): number => machine.budgetNow() + ahead;
  beforeEach(async () => {
    machine = new VirtualClock();
    ahead = 4 * HOUR;
    clock = await DatabaseClock.start({ readClock: async () => shared() }, machine);
  });
  afterEach(() => clock.onApplicationShutdown());

  it("is the database's, whatever the machine's says", () => {
    expect(clock.now()).toBe(shared());
    machine.skip(HOUR);
    expect([clock.now(), clock.budgetNow()]).toEqual([shared(), shared()]);
  });

  it("goes on where the machine's is set back", () => {
    machine.set(-HOUR);
    machine.skip(1_000);
    expect(clock.now()).toBe(shared());
  });

  it('has gone on where the machine slept', async () => {
    // Which stops what has elapsed, and not the clock.
    machine.set(HOUR);
    ahead += HOUR;
    expect(clock.now()).toBe(shared());
  });

  it("follows the database's where that is set, and the machine's no longer than until it is read", async () => {
    ahead -= HOUR;
    await clock.read();
    expect(clock.now()).toBe(shared());
    machine.set(2 * HOUR);
    await clock.read();
    expect(clock.now()).toBe(shared());
  });

  it('does not tremble with the time that an answer takes', async () => {
    const before = clock.now();
    ahead += 40;
    await clock.read();
    expect(clock.now()).toBe(before);
  });
});
