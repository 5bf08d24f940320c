import { validateHeaderName, validateHeaderValue } from 'node:http';
import { all, expected, objectOf, optional, type Check } from './check';
import type { Fault, FaultMatch } from './fault';
import { isIntegerBetween } from './is-integer-between';
import { isRecord } from './is-record';
import { MAX_TIMER_MS } from './max-timer-ms';

const text = optional(expected('a string', (value) => typeof value === 'string'));
const flag = optional(expected('true', (value) => value === true));

function integer(least: number, most = Number.MAX_SAFE_INTEGER): Check {
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  return optional(expected(`an integer ${range}`, (value) => isIntegerBetween(value, least, most)));
}

// The length is the sandbox's affair (see `truncate`), and Node throws on some of these while it writes the head.
const FRAMING = ['content-length', 'transfer-encoding', 'trailer'];

function isHeaders(value: unknown): boolean {
  if (!isRecord(value)) return false;
  try {
    for (const [name, inner] of Object.entries(value)) {
      if (typeof inner !== 'string' || FRAMING.includes(name.toLowerCase())) return false;
      validateHeaderName(name);
      validateHeaderValue(name, inner);
    }
    return true;
  } catch {
    return false;
  }
}

function isJson(value: unknown): boolean {
  try {
    return JSON.stringify(value) !== undefined;
  } catch {
    return false;
  }
}

const matchFields: Record<keyof FaultMatch, Check> = { method: text, path: text, userId: text, event: text };

const faultFields: Record<keyof Fault, Check> = {
  match: optional(objectOf(matchFields)),
  times: integer(1),
  skip: integer(0),
  delayMs: integer(0, MAX_TIMER_MS),
  status: integer(200, 599),
  headers: optional(expected('valid header names, none about framing, with string values', isHeaders)),
  body: optional(expected('a value that JSON can hold', isJson)),
  reset: optional(expected('"before" or "middle"', (value) => value === 'before' || value === 'middle')),
  hang: flag,
  truncate: flag,
  apply: flag,
};

const doesSomething: Check = (value, at) => {
  const { delayMs, status, headers, body, reset, hang, truncate } = value as Fault;
  const prefix = at === '' ? '' : `${at}: `;
  if ([reset, hang, truncate].filter((manner) => manner !== undefined).length > 1) {
    return `${prefix}reset, hang, truncate: expected at most one of them`;
  }
  return [delayMs, status, headers, body, reset, hang, truncate].every((effect) => effect === undefined)
    ? `${prefix}expected at least one of delayMs, status, headers, body, reset, hang, truncate`
    : undefined;
};

export const faultCheck: Check = all(objectOf(faultFields), doesSomething);
