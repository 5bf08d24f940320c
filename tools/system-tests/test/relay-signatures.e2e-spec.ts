import { refusal } from '../src/doors/refusal';
import { gzipSync } from 'node:zlib';
import { call } from '../src/doors/call';
import type { Answer } from '../src/doors/call';
import { basic, signed } from '../src/doors/credentials';
import type { Credentials } from '../src/doors/credentials';
import { forge } from '../src/doors/forge';
import { loadSignatureFixtures } from '../src/doors/signature-fixture';
import { RelayOnSandbox } from '@segment-userleap/relay-driver';
import { RelayOnSandboxes } from '../src/relay-on-sandboxes';

const FIXTURES = [...loadSignatureFixtures()];
const SECRETS = [...new Set(FIXTURES.map(([, { secret }]) => secret))];
const SMALLEST = 'single';
// Refused credentials, a body that is no JSON any more, and what refused credentials come to when there are many.
const REFUSALS = [401, 400, 429];
const AT_ONCE = 16;

describe('a relay that has only shared secrets', () => {
  let pair: RelayOnSandbox;

  beforeAll(async () => {
    pair = await RelayOnSandbox.start({}, { RELAY_WRITE_KEY: '', RELAY_SHARED_SECRET: SECRETS.join(', ') });
  });

  afterAll(async () => {
    await pair.stop();
  });

  it.each(FIXTURES)('takes %s', async (_, { body, signature }) => {
    const before = (await pair.events()).length;
    expect(await post(body, { 'x-signature': signature })).toMatchObject({ status: 200, body: { success: true } });
    const parsed = JSON.parse(body.replace('\ufeff', '')) as unknown;
    expect(await pair.events()).toHaveLength(before + (Array.isArray(parsed) ? parsed.length : 1));
  });

  it.each(FIXTURES)('takes %s compressed, signed before', async (_, { body, signature }) => {
    const headers = { 'x-signature': signature, 'content-encoding': 'gzip' };
    expect((await post(gzipSync(body), headers)).status).toBe(200);
  });

  it.each(FIXTURES)('refuses %s with a flipped bit, and keeps nothing of it', async (name, fixture) => {
    const forging = name === SMALLEST ? { everyByte: 1, bits: 2 } : { everyByte: 11, bits: 1 };
    const forged = forge(fixture, forging);
    expect(forged.length).toBeGreaterThanOrEqual(Math.floor(fixture.signed.length / 22));
    await allRefused(forged, (body) => post(body, { 'x-signature': fixture.signature }));
  });

  it.each(FIXTURES)('refuses %s with another signature', async (name, { secret, body, signature, signed: text }) => {
    const places = name === SMALLEST ? [...signature].keys() : [0, 39];
    const others = [...places].map((at) => flipDigit(signature, at));
    const odd = ['', signature.slice(1), `${signature}0`, '0'.repeat(40), signature.slice(0, 38)];
    await allRefused([...others, ...odd], (other) => post(body, { 'x-signature': other }));
    await allRefused([`${secret}x`, 'another-secret', SECRETS.join(', ')], (wrong) => post(body, signed(wrong, text)));
    await allRefused([body], (unsigned) => post(unsigned, {}));
  });

  it('refuses the signature of another event', async () => {
    const [[, one], [, other]] = [FIXTURES[0], FIXTURES[1]] as [(typeof FIXTURES)[0], (typeof FIXTURES)[0]];
    await allRefused([one.body], (body) => post(body, { 'x-signature': other.signature }));
  });

  it('refuses a batch that is signed as a whole', async () => {
    const { body, secret } = new Map(FIXTURES).get('batch-of-three') ?? { body: '', secret: '' };
    await allRefused([body], () => post(body, signed(secret, body)));
  });

  it('writes no secret and no signature into its log', () => {
    const secrets = FIXTURES.flatMap(([, { secret, signature }]) => [secret, signature]);
    for (const text of secrets) expect(pair.relay.output()).not.toContain(text);
  });

  function post(body: string | Buffer, headers: Credentials): Promise<Answer> {
    return call(pair.relay, '/webhooks/segment', { body, headers });
  }

  /** Sends some at a time. */
  async function allRefused<T>(cases: readonly T[], send: (one: T) => Promise<Answer>): Promise<void> {
    const before = (await pair.events()).length;
    for (let at = 0; at < cases.length; at += AT_ONCE) {
      const answers = await Promise.all(cases.slice(at, at + AT_ONCE).map(send));
      for (const { status, body } of answers) {
        expect(REFUSALS).toContain(status);
        expect(body).toEqual(refusal());
      }
    }
    expect(await pair.events()).toHaveLength(before);
  }
});

describe('a batch whose second element is forged', () => {
  const FIRST = '{"type":"track","userId":"u1","event":"Clicked"}';
  const BATCH = `[${FIRST},{"type":"track","userId":"u2","event":"Forged"}]`;
  const [ALONE, BESIDE] = ['secret-alone', 'secret-beside-a-key'];
  let group: RelayOnSandboxes;

  beforeAll(async () => {
    group = await RelayOnSandboxes.start([
      { name: 'signed', writeKeys: [], sharedSecrets: [ALONE] },
      { name: 'both', sharedSecrets: [BESIDE] },
    ]);
  });

  afterAll(async () => {
    await group.stop();
  });

  it('is taken where there are only shared secrets: a signature proves the first element alone', async () => {
    expect(await post('signed', BATCH, signed(ALONE, FIRST))).toBe(200);
  });

  it('is refused without the write key where there is one', async () => {
    expect(await post('both', BATCH, signed(BESIDE, FIRST))).toBe(401);
    expect(await group.of('both').events()).toEqual([]);
  });

  it('is taken with the write key, with and without a signature', async () => {
    const { writeKey } = group.of('both');
    expect(await post('both', BATCH, { ...signed(BESIDE, FIRST), ...basic(writeKey) })).toBe(200);
    expect(await post('both', BATCH, basic(writeKey))).toBe(200);
  });

  it('is refused with the write key beside a wrong signature, as any call is', async () => {
    const credentials = { ...signed('wrong', FIRST), ...basic(group.of('both').writeKey) };
    for (const body of [BATCH, `[${FIRST}]`, FIRST]) expect(await post('both', body, credentials)).toBe(401);
  });

  it('is refused with a right signature beside a wrong write key, as any call is', async () => {
    for (const body of [BATCH, `[${FIRST}]`, FIRST]) {
      expect(await post('both', body, { ...signed(BESIDE, FIRST), ...basic('wrong') })).toBe(401);
    }
  });

  it('is no question of a single event, nor of a batch of one: either credential opens', async () => {
    for (const body of [FIRST, `[${FIRST}]`]) {
      expect(await post('both', body, signed(BESIDE, FIRST))).toBe(200);
      expect(await post('both', body, basic(group.of('both').writeKey))).toBe(200);
    }
  });

  /** At the destination's own address and at the common one. */
  async function post(name: string, body: string, headers: Credentials): Promise<number> {
    const own = await call(group.relay, `/webhooks/segment/${name}`, { body, headers });
    const common = await call(group.relay, '/webhooks/segment', { body, headers });
    expect(common.status).toBe(own.status);
    return own.status;
  }
});

function flipDigit(signature: string, at: number): string {
  const digit = parseInt(signature.charAt(at), 16) ^ 1;
  return `${signature.slice(0, at)}${digit.toString(16)}${signature.slice(at + 1)}`;
}
