import { announceNames } from './announce-names';

describe(announceNames.name, () => {
  const budget = (id: string) => ({ id, requests: 1, windowMs: 1 });
  const destinations = [
    { name: 'web', budget: budget('one') },
    { name: 'app', budget: budget('two') },
    { name: 'app-too', budget: budget('two') },
  ];

  /** What is told where these are new. */
  async function announce(news: readonly (readonly [environment: string, name: string])[]) {
    const told: unknown[] = [];
    const outbox = { takeNewNames: async () => news.map(([environment, name]) => ({ environment, name })) };
    const observer = { foundNames: (...args: unknown[]) => void told.push(args) };
    await announceNames(outbox, destinations, observer, { log: (line: string) => void told.push(line) });
    return told;
  }

  it('says once of each environment how many names are new, and which ones to whoever observes', async () => {
    expect(
      await announce([
        ['one', 'Opened'],
        ['two', 'Bought'],
        ['one', 'pageview'],
      ]),
    ).toEqual([
      'destination web: 2 new event names, to be set up in UserLeap (Events, Manage Requests)',
      ['web', ['Opened', 'pageview']],
      'destination app: a new event name, to be set up in UserLeap (Events, Manage Requests)',
      ['app', ['Bought']],
    ]);
  });

  it('says nothing of an environment that is in use no more', async () => {
    expect(await announce([['three', 'Opened']])).toEqual([]);
  });
});
