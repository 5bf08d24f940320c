import { VirtualClock } from '../../test/virtual-clock';
import { RepeatedWork } from './repeated-work';

describe(RepeatedWork.name, () => {
  let clock: VirtualClock;
  let times: number[];
  let begun: number;
  let work: RepeatedWork;
  beforeEach(() => {
    clock = new VirtualClock();
    begun = clock.now();
    times = [];
    work = new RepeatedWork(clock, 1_000, async () => void times.push(clock.now() - begun));
  });

  it('is done an interval after its start, and again after each end', async () => {
    work.start();
    await clock.advance(3_500);
    expect(times).toEqual([1_000, 2_000, 3_000]);
    await work.stop();
  });

  it('is not begun while it is under way', async () => {
    let end = (): void => undefined;
    let begins = 0;
    const long = new RepeatedWork(clock, 1_000, () => {
      begins += 1;
      return new Promise((resolve) => (end = resolve));
    });
    long.start();
    await clock.advance(10_000);
    expect(begins).toBe(1);
    end();
    await clock.advance(1_000);
    expect(begins).toBe(2);
    end();
    await long.stop();
  });

  it('is stopped when what was under way has ended, and is not begun again', async () => {
    let end = (): void => undefined;
    let begins = 0;
    const long = new RepeatedWork(clock, 1_000, () => {
      begins += 1;
      return new Promise((resolve) => (end = resolve));
    });
    long.start();
    await clock.advance(1_000);
    let isStopped = false;
    void long.stop().then(() => (isStopped = true));
    await clock.advance(5_000);
    expect(isStopped).toBe(false);
    end();
    await clock.advance(5_000);
    expect([isStopped, begins]).toEqual([true, 1]);
  });

  it('is not begun once it was stopped', async () => {
    work.start();
    await work.stop();
    await clock.advance(5_000);
    expect(times).toEqual([]);
  });
});
