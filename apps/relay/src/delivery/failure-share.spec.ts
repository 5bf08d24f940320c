import { FailureShare } from './failure-share';

describe(FailureShare.name, () => {
  let share: FailureShare;
  let users: number;
  beforeEach(() => {
    share = new FailureShare();
    users = 0;
  });

  const fail = (): boolean => share.failed(`user-${users++}`);
  /** How many different users' requests have to fail in a row. */
  const failuresToAnOutage = (): number => {
    let failures = 1;
    while (!fail() && failures < 1_000) failures += 1;
    return failures;
  };
  /** So many of ten fail. */
  const go = (failing: number, rounds: number): void => {
    for (let index = 0; index < rounds * 10; index += 1) {
      // Not all in a row.
      if ((index * 7) % 10 < failing) fail();
      else share.answered();
    }
  };

  it.each([
    ['at the beginning', 0, 0],
    ['where all went well', 0, 10],
    ['where one of ten failed', 1, 10],
  ])('calls five different users in a row an outage, %s', (_, failing, rounds) => {
    go(failing, rounds);
    share.answered();
    expect(failuresToAnOutage()).toBe(5);
  });

  it.each([
    [5, 17],
    [7, 33],
    [9, 50],
  ])('where %i of ten failed asks for %i', (failing, expected) => {
    go(failing, 30);
    share.answered();
    expect(Math.abs(failuresToAnOutage() - expected)).toBeLessThanOrEqual(4);
  });

  it('asks for five again once all has gone well for a while', () => {
    go(7, 30);
    go(0, 3);
    expect(failuresToAnOutage()).toBe(5);
  });

  it('never calls it an outage where it is one user that fails, or four', () => {
    const outages = Array.from({ length: 1_000 }, (_, index) => share.failed(`user-${index % 4}`));
    expect(outages).not.toContain(true);
  });
});
