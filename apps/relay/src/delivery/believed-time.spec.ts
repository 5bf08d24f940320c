import { VirtualClock } from '../../test/virtual-clock';
import { BelievedTime } from './believed-time';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe(BelievedTime.name, () => {
  let clock: VirtualClock;
  let lines: string[];
  let time: BelievedTime;
  const logger = { warn: (line: string) => void lines.push(line), log: (line: string) => void lines.push(line) };
  beforeEach(() => {
    clock = new VirtualClock();
    lines = [];
    time = new BelievedTime(clock, logger);
  });

  /** Lets time pass, looked at every minute. */
  const pass = (byMs: number): void => {
    for (let left = byMs; left > 0; left -= MINUTE) {
      clock.skip(MINUTE);
      time.now();
    }
  };

  it("is the clock's", () => {
    pass(3 * DAY);
    expect(time.now()).toBe(clock.now());
    expect(time.lagMs).toBe(0);
  });

  it.each([4 * MINUTE, -MINUTE, -DAY])('goes along where the clock is set by %i ms', (byMs) => {
    clock.set(byMs);
    expect(time.now()).toBe(clock.now());
    expect(lines).toEqual([]);
  });

  describe('after a jump ahead', () => {
    let right: number;
    beforeEach(() => {
      clock.set(4 * DAY);
      right = clock.now() - 4 * DAY;
      time.now();
    });

    it('goes on as if there had been none, and says so once', () => {
      pass(59 * MINUTE);
      expect(time.now()).toBe(right + 59 * MINUTE);
      expect(time.lagMs).toBe(4 * DAY);
      expect(lines).toEqual([expect.stringMatching(/^the clock is 5760 min ahead/)]);
    });

    it("is the clock's again once it has stayed there for an hour", () => {
      pass(HOUR);
      expect(time.now()).toBe(clock.now());
      expect(lines).toHaveLength(2);
    });

    it("is the clock's again once that is back", () => {
      pass(30 * MINUTE);
      clock.set(-4 * DAY);
      expect(time.now()).toBe(right + 30 * MINUTE);
      pass(HOUR);
      expect(time.now()).toBe(clock.now());
      expect(lines).toEqual([expect.any(String), 'the clock is back: ages are told by it again']);
    });

    it('has an hour to wait from the last jump', () => {
      pass(50 * MINUTE);
      clock.set(DAY);
      pass(50 * MINUTE);
      expect(time.now()).toBe(right + 100 * MINUTE);
      pass(11 * MINUTE);
      expect(time.now()).toBe(clock.now());
    });
  });

  describe('at a start', () => {
    const start = (samples: readonly number[]) => {
      const lastSampleBefore = async (before: number) => samples.filter((sample) => sample < before).at(-1);
      return BelievedTime.start(clock, { lastSampleBefore }, logger);
    };

    it.each<[string, readonly number[]]>([
      ['a new store', []],
      ['a store that was kept just now', [-3 * HOUR, -2 * HOUR, -HOUR - MINUTE, -MINUTE]],
      ['a store that was not for less than an hour', [-3 * HOUR, -1.5 * HOUR]],
    ])("is the clock's with %s", async (_, ages) => {
      time = await start(ages.map((age) => clock.now() + age));
      expect(time.now()).toBe(clock.now());
    });

    it('goes on where a store was left a week ago, for an hour: the relay was off, or the clock is wrong', async () => {
      const left = clock.now() - 7 * DAY;
      time = await start([left - HOUR, left]);
      expect(time.now()).toBe(left);
      pass(59 * MINUTE);
      expect(time.now()).toBe(left + 59 * MINUTE);
      pass(2 * MINUTE);
      expect(time.now()).toBe(clock.now());
    });

    it('does not believe a clock for a restart: it stood there for less than an hour', async () => {
      const left = clock.now() - 4 * DAY;
      time = await start([left, clock.now() - 20 * MINUTE, clock.now() - MINUTE]);
      expect(time.now()).toBe(left);
    });
  });
});
