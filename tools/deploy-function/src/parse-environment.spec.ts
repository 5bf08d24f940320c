import { parseEnvironment } from './parse-environment';

const TOKEN = 'sgp_a.b~c+d/e-f=';

describe(parseEnvironment.name, () => {
  it.each([
    [undefined, 'https://api.segmentapis.com'],
    ['', 'https://api.segmentapis.com'],
    ['us', 'https://api.segmentapis.com'],
    ['EU', 'https://eu1.api.segmentapis.com'],
  ])('knows the address of the region %j', (region, apiUrl) => {
    expect(parseEnvironment({ SEGMENT_TOKEN: ` ${TOKEN}\n`, SEGMENT_REGION: region })).toEqual({
      ok: true,
      access: { apiUrl, token: TOKEN },
    });
  });

  it.each([
    ['http://127.0.0.1:9000', 'http://127.0.0.1:9000'],
    ['http://localhost:9000/', 'http://localhost:9000'],
    ['http://[::1]:9000', 'http://[::1]:9000'],
    ['https://segment.example', 'https://segment.example'],
  ])('takes the address %s instead', (text, apiUrl) => {
    expect(parseEnvironment({ SEGMENT_TOKEN: TOKEN, SEGMENT_API_URL: text })).toMatchObject({ access: { apiUrl } });
  });

  it.each([
    'http://segment.example',
    'http://127.0.0.1.example',
    'http://localhost@segment.example',
    'https://user:word@segment.example',
    'https://segment.example/v1',
    'https://segment.example?a',
    'ftp://127.0.0.1',
    'segment.example',
  ])('sends no token to %s', (text) => {
    expect(parseEnvironment({ SEGMENT_TOKEN: TOKEN, SEGMENT_API_URL: text })).toEqual({
      ok: false,
      message: 'SEGMENT_API_URL: expected https://…, or http:// to this machine, without a path',
    });
  });

  it.each([
    [{}, 'SEGMENT_TOKEN is not set'],
    [{ SEGMENT_TOKEN: ' ' }, 'SEGMENT_TOKEN is not set'],
    [{ SEGMENT_TOKEN: 'Bearer secret' }, 'SEGMENT_TOKEN: expected a token alone'],
    [{ SEGMENT_TOKEN: 'sec\nret' }, 'SEGMENT_TOKEN: expected a token alone'],
    [{ SEGMENT_TOKEN: TOKEN, SEGMENT_REGION: 'secret' }, 'SEGMENT_REGION: expected us or eu'],
    [{ SEGMENT_TOKEN: TOKEN, SEGMENT_REGION: 'constructor' }, 'SEGMENT_REGION: expected us or eu'],
  ])('refuses %j and names the variable alone', (env, message) => {
    const result = parseEnvironment(env);
    expect(result).toEqual({ ok: false, message: expect.stringContaining(message) as unknown });
    expect(JSON.stringify(result)).not.toContain('secret');
  });
});
