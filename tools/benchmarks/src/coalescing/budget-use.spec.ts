import { countsWhileDue, mostInAnyWindow } from './budget-use';

describe(mostInAnyWindow.name, () => {
  it('finds the fullest window, wherever it begins', () => {
    expect(mostInAnyWindow([0, 9, 12, 18, 40], 10)).toBe(3);
  });

  it('counts as UserLeap does: a request leaves the window when the window has passed', () => {
    expect(mostInAnyWindow([0, 10, 20], 10)).toBe(1);
  });
});

describe(countsWhileDue.name, () => {
  it('counts window by window from the first request, an empty one as 0', () => {
    expect(countsWhileDue([5, 6, 15, 37], 10, () => true)).toEqual([2, 1, 0, 1]);
  });

  it('leaves out a window at whose end nothing waits', () => {
    expect(countsWhileDue([5, 6, 15], 10, (time) => time === 15)).toEqual([2]);
  });
});
