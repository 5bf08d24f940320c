import { consoleOf } from '../test/console-of';
import { guardedTimers } from './guarded-timers';

describe(guardedTimers.name, () => {
  it.each(['setTimeout', 'setImmediate'])('calls back through %s, with its arguments', async (name) => {
    const rest = name === 'setTimeout' ? "1, 'a', 'b'" : "'a', 'b'";
    const body = `await new Promise((done) => ${name}((...args) => { console.log(...args); done(); }, ${rest}));`;
    expect(await consoleOf(body)).toEqual(['a b']);
  });

  // Timers of one delay call back in the order in which they were set.
  it('clears a time-out', async () => {
    const body = `
      clearTimeout(setTimeout(() => console.log('never'), 1));
      await new Promise((done) => setTimeout(done, 1));`;
    expect(await consoleOf(body)).toEqual([]);
  });

  describe.each(['setTimeout', 'setImmediate', 'queueMicrotask'])('as %s', (name) => {
    it.each(["throw new Error('late')", "return Promise.reject(new Error('late'))"])(
      'puts what a callback does not catch on the console: %s',
      async (statement) => {
        const body = `
          ${name}(() => { ${statement}; });
          await new Promise((done) => setTimeout(done));
          await new Promise((done) => setImmediate(done));`;
        expect(await consoleOf(body)).toEqual([expect.stringMatching(/^Uncaught in a timer: Error: late\n/)]);
      },
    );
  });
});
