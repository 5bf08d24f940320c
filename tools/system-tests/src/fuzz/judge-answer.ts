import { ADMIN_TOKEN, API_KEY, WRITE_KEY } from '@segment-userleap/relay-driver';
import { SHARED_SECRET } from './credential-kinds';
import { CANARY } from './hostile-case';
import type { Answer } from './parse-answer';

const SECRETS = [ADMIN_TOKEN, WRITE_KEY, API_KEY, SHARED_SECRET];
const STACK = /\bat .+:\d+|node_modules|\.[jt]s:\d|node:/;

/** What is wrong with an answer, in a sentence; undefined where nothing is. */
export function judgeAnswer({ status, headers, body }: Answer, isHead: boolean): string | undefined {
  if (status >= 500 && status !== 501 && status !== 503) return `was answered ${status}`;
  if (status < 200 || (status >= 300 && status < 400)) return `was answered ${status}`;
  if ((status === 503 || status === 429) && !/^\d+$/.test(headers.get('retry-after') ?? '')) {
    return `was answered ${status} without a number of seconds to wait`;
  }
  if (headers.has('x-powered-by')) return 'was told what powers the relay';
  const isPage = status === 200 && headers.get('content-type') === 'text/html; charset=utf-8';
  const hasBody = !isHead && !isPage && status !== 204;
  const problem = hasBody ? judgeBody(status, body) : undefined;
  return problem ?? (headers.has('x-request-id') ? undefined : `was answered ${status} without a request id`);
}

/** What no log and no error may hold, as far as this text does. */
export function findSecrets(text: string): readonly string[] {
  return [...SECRETS, CANARY].filter((secret) => text.includes(secret));
}

function judgeBody(status: number, body: string): string | undefined {
  return status < 300 ? judgeSuccess(body) : judgeError(status, body);
}

function judgeSuccess(body: string): string | undefined {
  const parsed = parse(body);
  if (typeof parsed !== 'object' || parsed === null) return 'succeeded with what is no JSON object';
  return 'success' in parsed && parsed.success !== true ? 'succeeded without success' : undefined;
}

function judgeError(status: number, body: string): string | undefined {
  const parsed = parse(body);
  const { code, message, error, ...more } = (parsed ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof code !== 'string' || !/^[a-z_]+$/.test(code) || Object.keys(more).length > 0) {
    return `was answered ${status} with something else than a code and a sentence`;
  }
  if (typeof message !== 'string' || message === '' || error !== message)
    return `was answered ${status} with no sentence`;
  if (STACK.test(body)) return `was answered ${status} with a place in the code`;
  if (findSecrets(body).length > 0) return `was answered ${status} with what it had said itself, or a secret`;
  return undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
