import { VirtualClock } from '../../test/virtual-clock';
import { RepeatedWork } from './repeated-work';

describe(RepeatedWork.name, () => {
  let clock: VirtualClock;
  beforeEach(() => (clock = new VirtualClock()));

  it('is done an interval after its start, and again after each end', async () => {
    const begun = clock.now();
    const times: number[] = [];
    const work = new RepeatedWork(clock, 1_000, async () => void times.push(clock.now() - begun));
    work.start();
    await clock.advance(3_500);
    expect(times).toEqual([1_000, 2_000, 3_000]);
    await work.stop();
  });

  it('is done sooner where it asks to be', async () => {
    const begun = clock.now();
    const times: number[] = [];
    const work = new RepeatedWork(clock, 1_000, async (): Promise<number | undefined> => {
      times.push(clock.now() - begun);
      return times.length === 1 ? 10 : undefined;
    });
    work.start();
    await clock.advance(2_500);
    expect(times).toEqual([1_000, 1_010, 2_010]);
    await work.stop();
  });

  describe('that is under way', () => {
    let begins: number;
    let end: () => void;
    let work: RepeatedWork;
    beforeEach(async () => {
      begins = 0;
      work = new RepeatedWork(clock, 1_000, () => {
        begins += 1;
        return new Promise<void>((resolve) => (end = resolve));
      });
      work.start();
      await clock.advance(1_000);
    });

    it('is not begun before it has ended', async () => {
      await clock.advance(10_000);
      expect(begins).toBe(1);
      end();
      await clock.advance(1_000);
      expect(begins).toBe(2);
    });

    it('is stopped when it has ended, and is not begun again', async () => {
      let isStopped = false;
      void work.stop().then(() => (isStopped = true));
      await clock.advance(5_000);
      expect(isStopped).toBe(false);
      end();
      await clock.advance(5_000);
      expect([isStopped, begins]).toEqual([true, 1]);
    });
  });

  it('is not begun once it was stopped', async () => {
    let begins = 0;
    const work = new RepeatedWork(clock, 1_000, async () => void (begins += 1));
    work.start();
    await work.stop();
    await clock.advance(5_000);
    expect(begins).toBe(0);
  });
});
