import { VirtualClock } from './virtual-clock';

describe(VirtualClock.name, () => {
  it('goes on from timer to timer, the one that was set first of several at once', () => {
    const clock = new VirtualClock(1000);
    const fired: [string, number][] = [];
    const note = (name: string) => (): void => void fired.push([name, clock.now()]);
    clock.setTimer(note('later'), 50);
    clock.setTimer(note('first'), 20);
    clock.setTimer(note('second'), 20);
    while (clock.fireNext());
    expect(fired).toEqual([
      ['first', 1020],
      ['second', 1020],
      ['later', 1050],
    ]);
  });

  it('stands still by itself, and does not fire what was cancelled', () => {
    const clock = new VirtualClock(1000);
    const cancel = clock.setTimer(() => undefined, 10);
    expect(clock.now()).toBe(1000);
    cancel();
    expect(clock.fireNext()).toBe(false);
  });

  it('lets virtual time pass for a promise', async () => {
    const clock = new VirtualClock(0);
    const waited = clock.wait(100);
    clock.fireNext();
    await waited;
    expect(clock.now()).toBe(100);
  });
});
