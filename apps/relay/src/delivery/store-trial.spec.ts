import { Logger } from '@nestjs/common';
import { VirtualClock } from '../../test/virtual-clock';
import { StorageAlarm } from '../outbox/storage-alarm';
import { NoAnswer, StoreTrial } from './store-trial';

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

  describe('while something is written', () => {
    let write: () => Promise<string>;
    let begun: number;
    const keep = () => trial.whileAnswering(() => ((begun += 1), write()));
    const never = () => new Promise<never>(() => undefined);
    beforeEach(() => {
      begun = 0;
      write = never;
    });

    it('waits for a store that is slow, and answers', async () => {
      let isDone = (_text: string): void => undefined;
      write = () => new Promise((resolve) => (isDone = resolve));
      const kept = keep();
      await clock.advance(60_000);
      isDone('kept');
      expect(await kept).toBe('kept');
    });

    it('gives up where the store does not answer, and begins nothing more until it does', async () => {
      let isDone = (_pending: number): void => undefined;
      answer = () => new Promise((resolve) => (isDone = resolve));
      const kept = keep();
      const refused = expect(kept).rejects.toBeInstanceOf(NoAnswer);
      await clock.advance(8_000);
      await refused;
      await expect(keep()).rejects.toMatchObject({ code: 'no answer' });
      expect(begun).toBe(1);
      write = async () => 'kept';
      answer = async () => 7;
      isDone(7);
      await clock.advance(0);
      expect(await keep()).toBe('kept');
    });

    it('asks a silent store again after it has failed, though nobody else does', async () => {
      let fail = (_error: Error): void => undefined;
      answer = () => new Promise((_, reject) => (fail = reject));
      const refused = expect(keep()).rejects.toBeInstanceOf(NoAnswer);
      await clock.advance(8_000);
      await refused;
      fail(FULL);
      answer = async () => 7;
      await clock.advance(1_000);
      write = async () => 'kept';
      expect(await keep()).toBe('kept');
    });
  });
});
