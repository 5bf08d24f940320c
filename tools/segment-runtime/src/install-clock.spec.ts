import { consoleOf } from '../test/console-of';
import { createFunctionHost } from './create-function-host';
import { installClock } from './install-clock';

const NOW = Date.UTC(2031, 4, 6);

describe(installClock.name, () => {
  it.each([
    ['Date.now()', String(NOW)],
    ['new Date().getTime()', String(NOW)],
    ['new (class extends Date {})().getTime()', String(NOW)],
    ['Date() === new Date(Date.now()).toString()', 'true'],
    ['new Date(5).getTime()', '5'],
    ['new Date(undefined).getTime()', 'NaN'],
    ["Date.parse('1970-01-01')", '0'],
    ['Date.UTC(1970, 0, 2)', '86400000'],
    ['new Date() instanceof Date', 'true'],
    ['event.at instanceof Date && event.at.constructor === Date', 'true'],
    ['Object.prototype.toString.call(new Date())', '[object Date]'],
    ['Date.name, Date.length', 'Date 7'],
  ])('makes %s answer %s', async (expression, answer) => {
    const output = await consoleOf(`console.log(${expression})`, { now: () => NOW }, { at: new Date(0) });
    expect(output).toEqual([answer]);
  });

  it('follows a clock that moves, for the cache too', async () => {
    let time = NOW;
    const code = `let loads = 0;
      async function onTrack() { console.log(Date.now(), await cache.load('k', 10, async () => ++loads)); }`;
    const host = createFunctionHost({ code, loader: 'wrapper', now: () => time });
    await host.deliver({ type: 'track' }, {});
    time += 10;
    await host.deliver({ type: 'track' }, {});
    expect(host.consoleOutput()).toEqual([`${NOW} 1`, `${NOW + 10} 2`]);
  });
});
