import { createFunctionHost } from './create-function-host';
import { runWithin } from './run-within';

const TIMED_OUT = { verdict: 'retried', message: 'time-out: the handler took more than 5 ms' };

describe(runWithin.name, () => {
  it('retries an event whose handler takes too long', async () => {
    const code = 'function onTrack() { return new Promise(() => {}); }';
    const host = createFunctionHost({ code, loader: 'wrapper', timeLimitMs: 5 });
    expect(await host.deliver({ type: 'track' }, {})).toEqual(TIMED_OUT);
  });

  it('retries every event of a batch that takes too long', async () => {
    const code = 'function onBatch() { return new Promise(() => {}); }';
    const host = createFunctionHost({ code, loader: 'wrapper', timeLimitMs: 5 });
    expect(await host.deliverBatch([{}, {}], {})).toEqual([TIMED_OUT, TIMED_OUT]);
  });

  it('ignores a rejection that comes after the time limit', async () => {
    let rejectLate: (reason: Error) => void = () => undefined;
    const late = new Promise((_resolve, reject) => (rejectLate = reject));
    expect(await runWithin(1, () => late)).toEqual({ ended: 'timed-out' });
    rejectLate(new Error('too late'));
    // Node and jest report an unhandled rejection before the next turn of the event loop ends.
    await new Promise(setImmediate);
  });
});
