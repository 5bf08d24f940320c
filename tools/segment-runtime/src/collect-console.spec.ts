import { consoleOf } from '../test/console-of';
import { collectConsole } from './collect-console';

describe(collectConsole.name, () => {
  it('keeps every kind of message, in order', async () => {
    const body =
      "console.log('a %s', 'b'); console.error('e'); console.warn({ n: 1 }); console.info(); console.debug('x\\ny');";
    expect(await consoleOf(body)).toEqual(['a b', 'e', '{ n: 1 }', '', 'x\ny']);
  });

  it('hands out a list that does not grow', () => {
    const { console, output } = collectConsole();
    const before = output();
    console.log('later');
    expect([before, output()]).toEqual([[], ['later']]);
  });
});
