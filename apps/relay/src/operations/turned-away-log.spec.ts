import { Logger } from '@nestjs/common';
import { TurnedAwayLog } from './turned-away-log';

const MINUTE = 60_000;

describe(TurnedAwayLog.name, () => {
  const lines: string[] = [];
  let log: TurnedAwayLog;

  beforeEach(() => {
    jest.useFakeTimers();
    lines.length = 0;
    const write = (line: string): void => void lines.push(line);
    Logger.overrideLogger({ log: write, warn: write, error: write });
    log = new TurnedAwayLog();
  });

  afterEach(() => {
    Logger.overrideLogger(false);
    jest.useRealTimers();
  });

  function turnAway(count: number): void {
    for (let call = 0; call < count; call += 1) log.turnedAway('store_failed');
  }

  it('has the first call of many, and how many there were each minute after it', () => {
    turnAway(1_000);
    expect(lines).toEqual(['senders are told to come back later (store_failed)']);
    jest.advanceTimersByTime(MINUTE);
    turnAway(5);
    jest.advanceTimersByTime(MINUTE);
    expect(lines.slice(1)).toEqual([
      '999 more calls were told to come back later in the last minute (store_failed)',
      '5 more calls were told to come back later in the last minute (store_failed)',
    ]);
  });

  it('begins anew after a minute without any', () => {
    turnAway(1);
    jest.advanceTimersByTime(2 * MINUTE);
    expect(lines).toHaveLength(1);
    turnAway(1);
    expect(lines).toHaveLength(2);
  });
});
