import { refusal } from '../src/doors/refusal';
import { call } from '../src/doors/call';
import type { Answer } from '../src/doors/call';
import { basic, signed } from '../src/doors/credentials';
import { RelayOnSandbox, until, WRITE_KEY } from '@segment-userleap/relay-driver';

const EVENT = '{"type":"track","userId":"ann","event":"Clicked"}';
const DOORS = ['/v1/track', '/v1/batch', '/webhooks/segment', '/webhooks/segment/default'];
const MOST = 20;
const WRONG = 'a-guess-at-the-key';
const SECRET = 'kept-secret';

describe('many calls with wrong credentials', () => {
  let pair: RelayOnSandbox;
  let failed = 0;

  beforeAll(async () => {
    pair = await RelayOnSandbox.start({}, { RELAY_SHARED_SECRET: SECRET, RELAY_TRUSTED_PROXIES: '127.0.0.1' });
  });

  afterAll(async () => {
    await pair.stop();
  });

  it('are told to come back later, while right ones pass', async () => {
    const address = '192.0.2.1';
    const answers = await failMany(MOST + 3, () => address);
    expect(answers.map(({ status }) => status)).toEqual([...Array<number>(MOST).fill(401), 429, 429, 429]);
    for (const { headers, body } of answers.slice(MOST)) {
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(60);
      expect(body).toEqual(refusal(expect.any(String), 'too_many_requests'));
    }
    for (const right of [basic(WRITE_KEY), signed(SECRET, EVENT)]) {
      const headers = { ...right, 'x-forwarded-for': address };
      expect((await call(pair.relay, '/webhooks/segment', { headers, body: EVENT })).status).toBe(200);
    }
  });

  it('are those of one address, as a trusted proxy gives it', async () => {
    const answers = await failMany(MOST + 3, (at) => `192.0.2.${100 + at}`);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
  });

  it('are counted in the log', async () => {
    await failMany(3, () => '192.0.2.2');
    await until('all of them to be counted', () => (lastCount() === failed ? true : undefined));
  });

  it('leave no credentials in the log', () => {
    const { 'x-signature': signature = '' } = signed(WRONG, EVENT);
    for (const text of [WRONG, btoa(`${WRONG}:`), signature, SECRET, WRITE_KEY]) {
      expect(pair.relay.output()).not.toContain(text);
    }
  });

  /** One after another, each at another door. */
  function failMany(count: number, addressOf: (at: number) => string): Promise<readonly Answer[]> {
    failed += count;
    return callMany(pair, count, addressOf);
  }

  function lastCount(): number | undefined {
    const [, count] = [...pair.relay.output().matchAll(/refused a call, (\d+)/g)].at(-1) ?? [];
    return count === undefined ? undefined : Number(count);
  }
});

describe('an address that no trusted proxy gives', () => {
  it('does not make a sender another', async () => {
    const pair = await RelayOnSandbox.start();
    const answers = await callMany(pair, MOST + 1, (at) => `192.0.2.${at}`);
    await pair.stop();
    expect(answers.at(-1)?.status).toBe(429);
  });
});

async function callMany(
  { relay }: RelayOnSandbox,
  count: number,
  addressOf: (at: number) => string,
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (let at = 0; at < count; at += 1) {
    const headers = { ...basic(WRONG), ...signed(WRONG, EVENT), 'x-forwarded-for': addressOf(at) };
    answers.push(await call(relay, DOORS[at % DOORS.length] ?? '', { headers, body: EVENT }));
  }
  return answers;
}
