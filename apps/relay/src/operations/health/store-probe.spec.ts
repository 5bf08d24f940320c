import { Logger } from '@nestjs/common';
import { VirtualClock } from '../../../test/virtual-clock';
import { StorageAlarm } from '../../outbox/storage-alarm';
import { StoreProbe } from './store-probe';

describe(StoreProbe.name, () => {
  let clock: VirtualClock;
  let alarm: StorageAlarm;
  let probes: number;
  let answer: () => Promise<number>;
  let probe: StoreProbe;
  beforeAll(() => Logger.overrideLogger(false));
  beforeEach(() => {
    clock = new VirtualClock();
    alarm = new StorageAlarm();
    probes = 0;
    answer = async () => 7;
    const outbox = { probe: () => ((probes += 1), answer()) };
    probe = new StoreProbe(outbox, clock, alarm);
  });

  const FULL = Object.assign(new Error('disk full'), { code: 'SQLITE_FULL' });

  it('writes once for all who ask at the same time, and not again within a second', async () => {
    const states = await Promise.all(Array.from({ length: 100 }, () => probe.look()));
    expect(states).toEqual(states.map(() => ({ failure: undefined, pending: 7 })));
    await clock.advance(999);
    await probe.look();
    expect(probes).toBe(1);
    await clock.advance(1);
    await probe.look();
    expect(probes).toBe(2);
  });

  it('tells the kind of what fails, until a write succeeds', async () => {
    answer = () => Promise.reject(FULL);
    expect(await probe.look()).toEqual({ failure: 'SQLITE_FULL' });
    await clock.advance(1_000);
    answer = async () => 8;
    expect(await probe.look()).toEqual({ failure: undefined, pending: 8 });
  });

  it('believes at once what intake and delivery find out', async () => {
    await probe.look();
    alarm.failed(FULL);
    expect(await probe.look()).toEqual({ failure: 'SQLITE_FULL' });
    alarm.worked();
    expect(await probe.look()).toEqual({ failure: undefined, pending: 7 });
    expect(probes).toBe(1);
  });

  it('waits three seconds for a store that does not answer, and asks it once', async () => {
    let isDone = (_pending: number): void => undefined;
    answer = () => new Promise((resolve) => (isDone = resolve));
    const looks = Promise.all([probe.look(), probe.look()]);
    await clock.advance(3_000);
    expect(await looks).toEqual([{ failure: 'no answer' }, { failure: 'no answer' }]);
    const later = probe.look();
    isDone(9);
    expect(await later).toEqual({ failure: undefined, pending: 9 });
    expect(probes).toBe(1);
  });
});
