import { Logger } from '@nestjs/common';
import { VirtualClock } from '../../../test/virtual-clock';
import { StorageAlarm } from '../../outbox/storage-alarm';
import { StoreTrial } from './store-trial';

describe(StoreTrial.name, () => {
  let clock: VirtualClock;
  let alarm: StorageAlarm;
  let trials: number;
  let answer: () => Promise<number>;
  let trial: StoreTrial;
  beforeAll(() => Logger.overrideLogger(false));
  beforeEach(() => {
    clock = new VirtualClock();
    alarm = new StorageAlarm();
    trials = 0;
    answer = async () => 7;
    const outbox = { tryWriting: () => ((trials += 1), answer()) };
    trial = new StoreTrial(outbox, clock, alarm);
  });

  const FULL = Object.assign(new Error('disk full'), { code: 'SQLITE_FULL' });

  it('writes once for all who ask at the same time, and not again within a second', async () => {
    const states = await Promise.all(Array.from({ length: 100 }, () => trial.look()));
    expect(states).toEqual(states.map(() => ({ failure: undefined, pending: 7 })));
    await clock.advance(999);
    await trial.look();
    expect(trials).toBe(1);
    await clock.advance(1);
    await trial.look();
    expect(trials).toBe(2);
  });

  it('tells the kind of what fails, until a write succeeds', async () => {
    answer = () => Promise.reject(FULL);
    expect(await trial.look()).toEqual({ failure: 'SQLITE_FULL' });
    await clock.advance(1_000);
    answer = async () => 8;
    expect(await trial.look()).toEqual({ failure: undefined, pending: 8 });
  });

  it('believes at once what intake and delivery find out', async () => {
    await trial.look();
    alarm.failed(FULL);
    expect(await trial.look()).toEqual({ failure: 'SQLITE_FULL' });
    alarm.worked();
    expect(await trial.look()).toEqual({ failure: undefined, pending: 7 });
    expect(trials).toBe(1);
  });

  it('waits three seconds for a store that does not answer, and asks it once', async () => {
    let isDone = (_pending: number): void => undefined;
    answer = () => new Promise((resolve) => (isDone = resolve));
    const looks = Promise.all([trial.look(), trial.look()]);
    await clock.advance(3_000);
    expect(await looks).toEqual([{ failure: 'no answer' }, { failure: 'no answer' }]);
    const later = trial.look();
    isDone(9);
    expect(await later).toEqual({ failure: undefined, pending: 9 });
    expect(trials).toBe(1);
  });
});
