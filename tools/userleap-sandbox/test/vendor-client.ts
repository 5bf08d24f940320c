import type { Sandbox } from '../src/index';

export interface Answered {
  status: number;
  headers: Headers;
  text: string;
  /** The parsed JSON, or the text. */
  body: unknown;
}

/** Speaks to the sandbox as the documentation says, with one API key. */
export function vendorClient({ url }: Sandbox, key = 'a-key') {
  const apiKey = { authorization: `API-Key ${key}` };
  const bearer = { authorization: `Bearer ${key}` };
  const json = { 'content-type': 'application/json' };
  return {
    upsert: (body: unknown) => send(url, 'POST', '/v2/users', { ...apiKey, ...json }, JSON.stringify(body)),
    get: (userId: string) => send(url, 'GET', `/v2/users/${encodeURIComponent(userId)}`, apiKey),
    purge: (body: unknown) => send(url, 'POST', '/v2/purge/visitors', { ...bearer, ...json }, JSON.stringify(body)),
    event: (userId: string, body: unknown) =>
      send(url, 'POST', `/v1/users/${userId}/events`, { ...apiKey, ...json }, JSON.stringify(body)),
    bulk: (csv: string) => send(url, 'POST', '/v1/users/bulk', { ...bearer, 'content-type': 'text/csv' }, csv),
  };
}

export async function send(
  url: string,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: string,
): Promise<Answered> {
  const response = await fetch(`${url}${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
