import { simulateFifo } from './simulate-fifo';

describe(simulateFifo.name, () => {
  it('sends at once while the limit allows it, then one for each that leaves the window', () => {
    const arrivals = [0, 1, 2, 3, 50];
    expect(simulateFifo(arrivals, { requests: 2, windowMs: 10 })).toEqual([0, 1, 10, 11, 50]);
  });
});
