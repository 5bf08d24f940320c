import { refusal } from '../src/doors/refusal';
import { request } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ADMIN_TOKEN, startRelay } from '@segment-userleap/relay-driver';
import { BuiltCopy } from '../src/built-copy';
import type { RelayProcess } from '@segment-userleap/relay-driver';

const SECRET = 'not for the web';
const PAGE = '<!doctype html><script src="/main-AB12CD34.js"></script>';
const SCRIPT = 'run()';
const DASHBOARD = {
  'dist/apps/relay-dashboard/index.html': PAGE,
  'dist/apps/relay-dashboard/main-AB12CD34.js': SCRIPT,
  'dist/apps/relay-dashboard/main-AB12CD34.js.gz': gzipSync(SCRIPT),
  'dist/apps/relay-dashboard/main-AB12CD34.css': 'p {}',
  'dist/apps/relay-dashboard/icon.svg': '<svg/>',
  'dist/apps/relay-dashboard/.env': SECRET,
};
const FUNCTION = {
  'dist/segment-function/userleap.js': 'async function onTrack() {}',
  'dist/segment-function/userleap.min.js': 'async function onTrack(){}',
  'dist/segment-function/settings.json': '[]',
  'dist/segment-function/notes.txt': SECRET,
};
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; " +
  "frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

describe('the pages of a relay', () => {
  let copy: BuiltCopy;
  let relay: RelayProcess;

  beforeAll(async () => {
    copy = new BuiltCopy({ ...DASHBOARD, ...FUNCTION, 'secret.txt': SECRET, 'dist/apps/secret.txt': SECRET });
    relay = await startCopy(copy);
  });

  afterAll(async () => {
    await relay.end('SIGTERM');
    copy.remove();
  });

  const get = (path: string): Promise<Response> => fetch(`${relay.url}${path}`);

  it.each(['/', '/index.html'])('are at %s', async (path) => {
    const response = await get(path);
    expect([response.status, await response.text()]).toEqual([200, PAGE]);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  });

  it.each([
    ['/', 'no-cache', PAGE_POLICY],
    ['/icon.svg', 'no-cache', PAGE_POLICY],
    ['/main-AB12CD34.js', 'public, max-age=31536000, immutable', PAGE_POLICY],
    ['/main-AB12CD34.css', 'public, max-age=31536000, immutable', PAGE_POLICY],
    ['/docs', 'no-cache', PAGE_POLICY],
    ['/docs/page.js', 'no-cache', "default-src 'none'"],
    ['/function/userleap.js', 'no-cache', "default-src 'none'"],
    ['/api/session', 'no-store', "default-src 'none'"],
  ])('say of %s how long it holds and what it may do', async (path, caching, policy) => {
    const { status, headers } = await get(path);
    expect([status, headers.get('cache-control'), headers.get('content-security-policy')]).toEqual([
      200,
      caching,
      policy,
    ]);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('are sent compressed to whoever takes it so', async () => {
    const read = async (encoding: string): Promise<readonly unknown[]> => {
      const response = await fetch(`${relay.url}/main-AB12CD34.js`, { headers: { 'accept-encoding': encoding } });
      const { headers } = response;
      return [headers.get('content-encoding'), headers.get('content-type'), await response.text()];
    };
    const type = 'application/javascript; charset=utf-8';
    expect([await read('gzip'), await read('identity')]).toEqual([
      ['gzip', type, SCRIPT],
      [null, type, SCRIPT],
    ]);
    expect((await get('/main-AB12CD34.js.gz')).status).toBe(404);
  });

  it.each(['/', '/main-AB12CD34.js', '/function/userleap.min.js'])('are not sent twice: %s', async (path) => {
    const { headers } = await fetch(`${relay.url}${path}`, { headers: { 'accept-encoding': 'identity' } });
    const again = await getAsItStands(relay, path, { 'if-none-match': headers.get('etag') ?? '' });
    expect(again).toEqual({ status: 304, text: '' });
  });

  it.each(Object.entries(FUNCTION).slice(0, 3))('hold the Segment Function: %s', async (path, content) => {
    const response = await get(path.replace('dist/segment-function', '/function'));
    expect([response.status, await response.text()]).toEqual([200, content]);
  });

  it.each([
    '/../secret.txt',
    '/../../../secret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/..%2fsecret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '/%252e%252e/secret.txt',
    '/main-AB12CD34.js/../../secret.txt',
    '/index.html/%2e%2e/%2e%2e/secret.txt',
    '//secret.txt',
    '/./icon.svg/../../secret.txt',
    '/secret.txt%00.js',
    '/.env',
    '/%2eenv',
    '/function/../secret.txt',
    '/function/%2e%2e/%2e%2e/secret.txt',
    '/function/notes.txt',
    '/function/',
    '/docs/../../secret.txt',
    '/docs/%2e%2e/package.json',
    '/docs/package.json',
    '/docs/index.html',
    '/docs/swagger-initializer.js',
    'http://127.0.0.1/../secret.txt',
    '/etc/passwd',
  ])('give away nothing at %s', async (path) => {
    const { status, text } = await getAsItStands(relay, path);
    expect([400, 403, 404]).toContain(status);
    expect(text).not.toContain(SECRET);
    expect(JSON.parse(text)).toEqual(refusal());
  });

  it('can only be read', async () => {
    for (const path of ['/', '/main-AB12CD34.js', '/docs', '/docs/swagger-ui.css', '/function/userleap.js']) {
      const response = await fetch(`${relay.url}${path}`, { method: 'POST' });
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET']);
    }
  });
});

describe('a relay without built pages', () => {
  let copy: BuiltCopy;
  let relay: RelayProcess;

  beforeAll(async () => {
    copy = new BuiltCopy({});
    relay = await startCopy(copy);
  });

  afterAll(async () => {
    await relay.end('SIGTERM');
    copy.remove();
  });

  it.each([
    ['/', 'npx nx build relay-dashboard'],
    ['/function/userleap.js', 'npm run bundle'],
  ])('says at %s how to build them', async (path, command) => {
    const response = await fetch(`${relay.url}${path}`);
    expect([response.status, await response.json()]).toEqual([
      404,
      refusal(expect.stringContaining(command), 'not_found'),
    ]);
  });
});

function startCopy({ folder, main }: BuiltCopy): Promise<RelayProcess> {
  const env = {
    USERLEAP_API_KEY: 'key',
    USERLEAP_ENDPOINT: 'http://127.0.0.1:9',
    DATABASE_URL: `sqlite:${join(folder, 'relay.db')}`,
    RELAY_ADMIN_TOKEN: ADMIN_TOKEN,
  };
  return startRelay(env, { main });
}

/** `fetch` would tidy the path, and ask for no cached answer. */
function getAsItStands(
  { url }: RelayProcess,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ status: number | undefined; text: string }> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const call = request({ hostname, port, path, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode, text }));
    });
    call.on('error', reject);
    call.end();
  });
}
