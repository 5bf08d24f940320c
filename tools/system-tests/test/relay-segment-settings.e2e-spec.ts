import { call } from '../src/doors/call';
import type { Answer } from '../src/doors/call';
import { basic, segmentSettings } from '../src/doors/credentials';
import type { Credentials } from '../src/doors/credentials';
import { RelayOnSandbox, WRITE_KEY } from '@segment-userleap/relay-driver';

const EVENT = '{"type":"track","userId":"ann","event":"Clicked"}';
const WRONG = 'a-guess-at-the-key';

describe('the settings that a Direct Destination sends', () => {
  let pair: RelayOnSandbox;

  beforeAll(async () => {
    pair = await RelayOnSandbox.start({}, { RELAY_WRITE_KEY: `${WRITE_KEY}, second-key` });
  });

  afterAll(async () => {
    await pair.stop();
  });

  it('hold a key that opens as credentials do', async () => {
    for (const apiKey of [WRITE_KEY, 'second-key']) expect((await post(segmentSettings({ apiKey }))).status).toBe(200);
    for (const apiKey of [WRONG, '', 5]) expect((await post(segmentSettings({ apiKey }))).status).toBe(401);
  });

  it.each([
    '!!!',
    'bm90IEpTT04=',
    btoa('[1]'),
    btoa('null'),
    btoa('"text"'),
    btoa('{"apiKey":'),
    `!!!${btoa('{}')}???`,
  ])('are refused where they are no base64 of a JSON object: %s', async (header) => {
    const answer = await post({ ...basic(WRITE_KEY), 'x-segment-settings': header });
    expect(answer).toMatchObject({ status: 400, body: { message: expect.stringMatching(/^X-Segment-Settings: /) } });
  });

  it.each([
    ['pageEventName', 'secret-page'],
    ['trackScreens', true],
    ['unknownUsers', 'create'],
    ['denyTraits', ['email']],
    ['eventNames', { Clicked: 'secret-name' }],
    ['purgeDelaySeconds', 'secret-text'],
  ])('are refused where they differ from the relay’s: %s', async (name, value) => {
    const answer = await post({ ...basic(WRITE_KEY), ...segmentSettings({ [name]: value }) });
    const message = expect.stringMatching(`^X-Segment-Settings\\.${name}: `);
    expect(answer).toMatchObject({ status: 400, body: { message } });
    expect(JSON.stringify(answer.body)).not.toContain('secret');
  });

  it('are passed over where they say the same, or nothing of ours', async () => {
    const settings = {
      pageEventName: 'pageview',
      trackScreens: false,
      denyTraits: [],
      subdomain: 'x',
      apiKey: WRITE_KEY,
    };
    expect((await post({ ...basic(WRITE_KEY), ...segmentSettings(settings) })).status).toBe(200);
  });

  function post(headers: Credentials): Promise<Answer> {
    return call(pair.relay, '/webhooks/segment', { headers, body: EVENT });
  }
});
