import type { UserLeapAccess } from './check-key';

/** Where to, and with what. */
export interface Access {
  /** The key to be checked; undefined: none was given. */
  readonly userLeap: UserLeapAccess | undefined;
  /** Without a slash at the end. */
  readonly apiUrl: string;
  readonly token: string;
}

type ParsedAccess = { ok: true; access: Access } | { ok: false; message: string };

const DEFAULT_ENDPOINT = 'https://api.sprig.com';
// Segment docs: Public API, "Getting started", 2026.
const API_URLS = new Map([
  ['us', 'https://api.segmentapis.com'],
  ['eu', 'https://eu1.api.segmentapis.com'],
]);

/**
 * Reads `SEGMENT_TOKEN`, `SEGMENT_REGION` and, for tests, `SEGMENT_API_URL`, which replaces the region's address. Messages
 * never hold a value: people confuse variables, and one of them is a secret.
 */
export function parseEnvironment(env: Readonly<Record<string, string | undefined>>): ParsedAccess {
  const token = env.SEGMENT_TOKEN?.trim() ?? '';
  if (token === '') {
    return wrong('SEGMENT_TOKEN is not set: expected a Public API token with the role Functions Admin');
  }
  // What a Bearer header may hold (RFC 6750, 2.1). fetch would name anything else in its error, token and all.
  if (!/^[\w.~+/-]+=*$/.test(token)) return wrong('SEGMENT_TOKEN: expected a token alone, without spaces or quotes');
  const region = env.SEGMENT_REGION?.trim().toLowerCase() || 'us';
  const regionUrl = API_URLS.get(region);
  if (regionUrl === undefined) return wrong('SEGMENT_REGION: expected us or eu');
  const userLeap = parseUserLeap(env);
  if (userLeap === 'wrong') {
    return wrong('USERLEAP_ENDPOINT: expected https://…, or http:// to this machine, without a path');
  }
  if (!env.SEGMENT_API_URL) return { ok: true, access: { apiUrl: regionUrl, token, userLeap } };
  const apiUrl = parseApiUrl(env.SEGMENT_API_URL);
  if (apiUrl === undefined)
    return wrong('SEGMENT_API_URL: expected https://…, or http:// to this machine, without a path');
  return { ok: true, access: { apiUrl, token, userLeap } };
}

function parseUserLeap(env: Readonly<Record<string, string | undefined>>): UserLeapAccess | undefined | 'wrong' {
  const apiKey = env.USERLEAP_API_KEY?.trim() ?? '';
  if (apiKey === '') return undefined;
  const endpoint = parseApiUrl(env.USERLEAP_ENDPOINT?.trim() || DEFAULT_ENDPOINT);
  return endpoint === undefined ? 'wrong' : { endpoint, apiKey };
}

function parseApiUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  // Over plain http the token would be readable on its way; the URL parser writes every loopback IPv4 out in full.
  const isLoopback = url.hostname === 'localhost' || url.hostname === '[::1]' || /^127(\.\d+){3}$/.test(url.hostname);
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback);
  return isSafe && url.href === `${url.origin}/` ? url.origin : undefined;
}

function wrong(message: string): ParsedAccess {
  return { ok: false, message };
}
