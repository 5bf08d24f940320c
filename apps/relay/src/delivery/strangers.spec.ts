import { Engine } from '../../test/engine';
import { replyWith } from '../../test/stub-client';

const SECOND = 1_000;
const SECONDS = 60;
// Between two places in the budget, seconds.
const GAP = 10 / 30;
const STRANGERS = Array.from({ length: 40 }, (_, at) => `stranger-${at}`);

interface Played {
  /** Seconds from each customer's Identify to its request. */
  readonly delays: readonly number[];
  readonly lookUps: number;
}

/** An Identify of a new customer every second, at a third of a budget of 30 requests in 10 s; `strangers`: Tracks a second. */
async function play(strangers: number): Promise<Played> {
  const engine = await Engine.open('30/10s');
  engine.client.replyTo = ({ kind }) => replyWith(kind === 'upsert' ? 202 : 404);
  try {
    const came = new Map<string, number>();
    for (let second = 0; second < SECONDS; second += 1) {
      came.set(`customer-${second}`, engine.clock.now());
      await engine.track(...STRANGERS.slice((second * strangers) % 40).slice(0, strangers));
      await engine.identify(`customer-${second}`);
      await engine.clock.advance(SECOND);
    }
    await engine.clock.advance(10 * SECOND);
    const { sent } = engine.client;
    const delays = sent.flatMap(({ userId = '', sentAt }) => {
      const cameAt = came.get(userId);
      return cameAt === undefined ? [] : [(sentAt - cameAt) / SECOND];
    });
    return { delays, lookUps: sent.filter(({ kind }) => kind !== 'upsert').length };
  } finally {
    await engine.close();
  }
}

describe('users who are never identified', () => {
  it('keep nobody else waiting, and cost few look-ups', async () => {
    const { delays, lookUps } = await play(5);
    expect(delays).toHaveLength(SECONDS);
    // That of a look-up, which had gone just before, and that of the request itself.
    expect(Math.max(...delays)).toBeLessThanOrEqual(2 * GAP);
    // Asked at once, and 10 s later; then not for a minute.
    expect(lookUps).toBe(2 * STRANGERS.length);
  }, 120_000);
});
