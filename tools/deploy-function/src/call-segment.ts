import { DeployFailure } from './deploy-failure';
import { describeFailure, describeSilence, readDetail } from './describe-failure';
import { isRecord } from './is-record';
import type { Access } from './parse-environment';
import { readBounded } from './read-bounded';
import { readRetryDelay } from './retry-delay';

const MAX_ANSWER_BYTES = 16 * 1024 * 1024;
const MAX_WAITS = 3;
const MAX_WAIT_MS = 120_000;
const DEFAULT_WAIT_MS = 5_000;

/** Segment's Public API, and how to wait for it. */
export interface Connection extends Omit<Access, 'userLeap'> {
  readonly timeoutMs: number;
  say(line: string): void;
  wait(delayMs: number): Promise<void>;
}

/** One call of the Public API. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: unknown;
}

/**
 * The `data` of the answer (Segment Public API, Error Handling, 2026: `{data}` for 2xx, else `{errors}`). Waits where Segment
 * asks for it, at most three times and two minutes each; throws a `DeployFailure` for everything else but success.
 */
export async function callSegment(connection: Connection, call: Call): Promise<unknown> {
  for (let waits = 0; ; waits += 1) {
    const answer = await send(connection, call);
    if (answer.status >= 200 && answer.status < 300) return isRecord(answer.body) ? answer.body.data : undefined;
    const delayMs = readRetryDelay(answer.retryAfter, answer.body, Date.now()) ?? DEFAULT_WAIT_MS;
    if (answer.status !== 429 || waits === MAX_WAITS || delayMs > MAX_WAIT_MS) {
      throw new DeployFailure(describeFailure(call, answer.status, readDetail(answer.body, connection.token)));
    }
    connection.say(`Segment asks to wait: ${Math.ceil(delayMs / 1_000)} s`);
    await connection.wait(delayMs);
  }
}

async function send({ apiUrl, token, timeoutMs }: Connection, call: Call): Promise<Answer> {
  const query = call.query ? `?${new URLSearchParams(call.query).toString()}` : '';
  try {
    const response = await fetch(`${apiUrl}${call.path}${query}`, {
      method: call.method,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${token}`,
        ...(call.body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
      redirect: 'manual', // the token is for this address alone
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await readBounded(response, MAX_ANSWER_BYTES);
    return { status: response.status, retryAfter: response.headers.get('retry-after'), body: parseJson(text) };
  } catch (error) {
    throw new DeployFailure(describeSilence(call, apiUrl, error, timeoutMs));
  }
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '') as unknown;
  } catch {
    return undefined;
  }
}
