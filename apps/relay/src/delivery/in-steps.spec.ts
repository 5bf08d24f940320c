import { VirtualClock } from '../../test/virtual-clock';
import { EVENTS_PER_STEP, inOnePass, inSteps, StepSize } from './in-steps';

describe(StepSize.name, () => {
  const tooLong = () => Object.assign(new Error('canceling statement due to statement timeout'), { code: '57014' });

  it('is halved until the database does not find that it takes too long, and grows again', async () => {
    const size = new StepSize();
    const tried: number[] = [];
    const upTo100 = async (limit: number): Promise<void> => {
      tried.push(limit);
      if (limit > 100) throw tooLong();
    };
    await size.take(upTo100);
    expect(tried).toEqual([EVENTS_PER_STEP, 250, 125, 62]);
    await size.take(async (limit) => expect(limit).toBeGreaterThan(62));
    for (let count = 0; count < 30; count += 1) await size.take(async () => undefined);
    await size.take(async (limit) => expect(limit).toBe(EVENTS_PER_STEP));
  });

  it('is never less than one: what takes too long then fails', async () => {
    const tried: number[] = [];
    const never = async (limit: number): Promise<void> => {
      tried.push(limit);
      throw tooLong();
    };
    await expect(new StepSize().take(never)).rejects.toThrow('statement timeout');
    expect(tried.at(-1)).toBe(1);
  });

  it('does not try again what fails otherwise', async () => {
    let tries = 0;
    const fail = async (): Promise<void> => {
      tries += 1;
      throw new Error('disk full');
    };
    await expect(new StepSize().take(fail)).rejects.toThrow('disk full');
    expect(tries).toBe(1);
  });
});

describe(`${StepSize.name}.${StepSize.prototype.takeSome.name}`, () => {
  const play = async (ms: number, left: number): Promise<{ total: number | undefined; left: number }> => {
    const clock = new VirtualClock();
    let total: number | undefined;
    const step = async (limit: number): Promise<number> => {
      const done = Math.min(limit, left);
      left -= done;
      return done;
    };
    void new StepSize().takeSome(clock, ms, step).then((sum) => (total = sum));
    await clock.until(() => total !== undefined);
    return { total, left };
  };

  it('goes on while there is as much to do as a step may', async () => {
    expect(await play(1_000, 3 * EVENTS_PER_STEP + 1)).toEqual({ total: 3 * EVENTS_PER_STEP + 1, left: 0 });
  });

  it('leaves the rest for the next time when its time is over', async () => {
    const { total = 0, left } = await play(100, 1_000_000);
    expect(left).toBeGreaterThan(0);
    expect(total).toBeGreaterThan(EVENTS_PER_STEP);
  });
});

describe(inSteps.name, () => {
  it('goes on until a step has found nothing', async () => {
    const clock = new VirtualClock();
    const steps = [3, 2, 0];
    let total: number | undefined;
    void inSteps(clock, async () => steps.shift() ?? 0).then((sum) => (total = sum));
    await clock.until(() => total !== undefined);
    expect([total, steps]).toEqual([5, []]);
  });
});

describe(inOnePass.name, () => {
  it('ends with the first step that finds less than it may', async () => {
    const clock = new VirtualClock();
    const left = [EVENTS_PER_STEP, EVENTS_PER_STEP, 1, 1];
    let isDone = false;
    void inOnePass(clock, async () => left.shift() ?? 0).then(() => (isDone = true));
    await clock.until(() => isDone);
    expect(left).toEqual([1]);
  });
});
