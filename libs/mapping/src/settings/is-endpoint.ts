const URL_FORM = /^(https?):\/\/([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[::1\])(?::\d{1,5})?(?:\/[a-z0-9._~-]+)*\/?$/i;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

/**
 * True for a base URL that the key may be sent to: https, or http on a loopback host; no credentials, query or fragment.
 * By hand: libs have no `URL`, and a lenient parser would send the key where nobody looked.
 */
export function isEndpoint(value: unknown): boolean {
  const match = typeof value === 'string' ? URL_FORM.exec(value) : null;
  if (!match) return false;
  const [, scheme = '', host = ''] = match;
  return scheme.toLowerCase() === 'https' || LOOPBACK.test(host);
}

/** True for an endpoint on this machine. */
export function isLoopback(endpoint: string): boolean {
  return LOOPBACK.test(URL_FORM.exec(endpoint)?.[2] ?? '');
}
