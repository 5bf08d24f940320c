import { STATUS_CODES } from 'node:http';
import { errorAnswer, jsonAnswer, textAnswer, type Answer } from './answer';
import type { Fault } from './fault';

/** The answer that a fault gives instead of the earned one, if it gives any. */
export function faultAnswer({ status, headers, body }: Fault): Answer | undefined {
  if (status === undefined && headers === undefined && body === undefined) return undefined;
  const answer = bodyAnswer(status ?? 200, body);
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

function bodyAnswer(status: number, body: unknown): Answer {
  if (typeof body === 'string') return textAnswer(status, body);
  if (body !== undefined) return jsonAnswer(status, body);
  return status < 400 ? textAnswer(status, STATUS_CODES[status] ?? '') : errorAnswer(status, 'a fault of the sandbox');
}
