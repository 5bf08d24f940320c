import type { FunctionHostOptions, Verdict } from '@segment-userleap/segment-runtime';
import { startSandbox } from '@segment-userleap/userleap-sandbox';
import type { Fault, RecordedRequest, Sandbox } from '@segment-userleap/userleap-sandbox';
import type { Socket } from 'node:net';
import { Gate } from '../src/gate';
import { createBuiltFunction, onSandbox } from '../src/limits/function-on-sandbox';
import { findWrongResults } from '../src/limits/judge-rounds';
import { mixedBatch } from '../src/limits/mixed-batch';
import { API_KEY } from '@segment-userleap/relay-driver';
import { sideBySide } from '../src/side-by-side';

/** Events that go through one call, what UserLeap does, and what Segment must come to. */
interface Case {
  readonly faults?: readonly Fault[];
  readonly events: readonly object[];
  /** Instead of that: every request is answered so, with a text that never ends. */
  readonly endless?: string;
  /** By position: `200`, `500 timeout`, `400 refused` of a batch; `retried`, … of a single event. */
  readonly results: readonly string[];
  /** The same when Segment sends all of it again. */
  readonly resultsAgain?: readonly string[];
  /** In all calls. */
  readonly requests?: readonly string[];
  /** The Function's clock jumps to its last start once UserLeap got so many requests. */
  readonly outOfTimeAfter?: number;
  readonly options?: Partial<FunctionHostOptions>;
  readonly calls?: 'single';
}

interface Played {
  readonly results: readonly string[];
  readonly resultsAgain: readonly string[];
  readonly requests: readonly RecordedRequest[];
}

// So many users are served side by side: after a hung purge there is time for them, on a busy machine, too.
const LINES_AT_ONCE = 10;
const NOW = Date.parse('2026-01-15T10:00:00.000Z');
const LAST_START_MS = 4_000;
const ALWAYS = 1_000_000;
const HANG: Fault = { hang: true, times: ALWAYS };
const LATE: Fault = { delayMs: 3_300, status: 202, apply: true };
// The call's time runs from its request on: on a busy machine it may take a while until that is sent.
const PATIENT = { now: () => NOW, timeLimitMs: 60_000 };
const ANN = { userId: 'ann' };
const IDENTIFY = { type: 'identify', ...ANN, traits: { plan: 'pro' } };
const TRACK = { type: 'track', ...ANN, event: 'Signed Up' };
const TYPES = [
  IDENTIFY,
  TRACK,
  { type: 'page', ...ANN },
  { type: 'alias', ...ANN, previousId: 'old' },
  { type: 'delete', ...ANN },
];
const LONG_AGO = '2020-01-01T00:00:00.000Z';

const CASES: Readonly<Record<string, Case>> = {
  ...Object.fromEntries(
    TYPES.map((event) => [
      `a single ${event.type} and no answer`,
      { faults: [HANG], events: [event], results: ['RetryError timeout'], calls: 'single' },
    ]),
  ),
  ...Object.fromEntries(
    [IDENTIFY, { type: 'delete', ...ANN }].map((event) => [
      `a single ${event.type} and an answer after most of the call`,
      { faults: [LATE], events: [event], results: ['delivered'], calls: 'single', options: PATIENT },
    ]),
  ),
  'no answer, without AbortController': {
    faults: [HANG],
    events: [IDENTIFY],
    results: ['RetryError timeout'],
    calls: 'single',
    options: { without: ['AbortController'] },
  },
  'a slow look-up, then no answer': {
    faults: [{ match: { method: 'GET' }, delayMs: 1_900, status: 200, body: {} }, HANG],
    events: [TRACK],
    results: ['500 timeout'],
    requests: ['GET /v2/users/ann', 'POST /v2/users'],
  },
  'an answer that comes after the call has ended, to a request that UserLeap took': {
    faults: [
      { match: { method: 'GET' }, delayMs: 1_900, status: 200, body: {} },
      { match: { method: 'POST' }, delayMs: 2_900, status: 202, apply: true },
    ],
    events: [TRACK],
    results: ['500 timeout'],
    requests: ['GET /v2/users/ann', 'POST /v2/users'],
  },
  'a look-up for which there was time, and an upsert for which there is none': {
    faults: [{ match: { method: 'GET' }, status: 200, body: {} }],
    events: [TRACK],
    results: ['500 out_of_time'],
    resultsAgain: ['200'],
    requests: ['GET /v2/users/ann', 'POST /v2/users'],
    outOfTimeAfter: 1,
  },
  'no time left while a refused request is split': {
    // The whole is refused, the Identify taken alone, then the first half of the names.
    faults: [{ match: { event: 'Bad' }, status: 400, times: ALWAYS }],
    events: [IDENTIFY, ...['One', 'Two', 'Three', 'Four', 'Bad', 'Five', 'Six'].map((event) => ({ ...TRACK, event }))],
    results: [...repeat('200', 5), ...repeat('500 out_of_time', 2), '500 waiting_for_earlier'],
    outOfTimeAfter: 3,
  },
  'a user that hangs among others': {
    faults: [{ match: { userId: 'user-1' }, ...HANG }],
    events: identifies(40),
    results: Array.from({ length: 40 }, (_, at) => (at === 1 ? '500 timeout' : '200')),
  },
  'a purge that hangs': {
    faults: [{ match: { path: '/v2/purge/visitors' }, ...HANG }],
    events: [{ type: 'delete', userId: 'gone' }, { type: 'identify', userId: 'gone' }, ...identifies(LINES_AT_ONCE)],
    results: ['500 timeout', '500 waiting_for_earlier', ...repeat('200', LINES_AT_ONCE)],
  },
  'a purge and as many Aliases as are served at once that hang': {
    faults: [
      { match: { path: '/v2/purge/visitors' }, ...HANG },
      { match: { method: 'GET' }, ...HANG },
    ],
    events: [
      { type: 'delete', userId: 'gone' },
      ...Array.from({ length: LINES_AT_ONCE }, (_, at) => [
        { type: 'alias', userId: `new-${at}`, previousId: `old-${at}` },
        { type: 'identify', userId: `new-${at}` },
      ]).flat(),
      ...identifies(LINES_AT_ONCE),
    ],
    results: [
      '500 timeout',
      ...Array.from({ length: LINES_AT_ONCE }, () => ['500 timeout', '500 waiting_for_earlier']).flat(),
      ...repeat('200', LINES_AT_ONCE),
    ],
  },
  'an Alias that fails, and an old event of its new user, which goes after it': {
    faults: [{ match: { path: '/v2/users/old' }, status: 503 }],
    events: [
      { type: 'alias', userId: 'new', previousId: 'old' },
      { ...TRACK, userId: 'new', receivedAt: LONG_AGO },
      { ...TRACK, userId: 'nobody', receivedAt: LONG_AGO },
    ],
    results: ['500 server_error', '500 waiting_for_earlier', '400 unknown_user'],
  },
  'a 202 whose text is cut off': {
    faults: [{ status: 202, body: 'Accepted', truncate: true, apply: true }],
    events: [IDENTIFY],
    results: ['200'],
    requests: ['POST /v2/users'],
  },
  'a 202 that is reset in the middle': {
    faults: [{ status: 202, body: 'Accepted', reset: 'middle', apply: true }],
    events: [IDENTIFY],
    results: ['200'],
    requests: ['POST /v2/users'],
  },
  'texts that never end and that nobody reads': {
    endless: '202 Accepted',
    // More than there is time for if one text takes all of the call.
    events: [{ type: 'delete', userId: 'gone' }, ...identifies(4 * LINES_AT_ONCE)],
    results: repeat('200', 1 + 4 * LINES_AT_ONCE),
  },
  'the text of a refusal that never ends': {
    endless: '400 Bad Request',
    events: [IDENTIFY],
    results: ['400 refused'],
  },
  'a 503 that is cut off': {
    faults: [{ status: 503, body: 'Unavailable', truncate: true }],
    events: [IDENTIFY],
    results: ['500 server_error'],
  },
  'a profile that is cut off': {
    faults: [{ match: { method: 'GET' }, status: 200, body: { attributes: { a: 1 } }, truncate: true }],
    events: [{ type: 'alias', userId: 'new', previousId: 'old' }],
    results: ['500 unexpected_reply'],
    requests: ['GET /v2/users/old'],
  },
  'a connection that is reset before the answer': {
    faults: [{ reset: 'before', apply: true }],
    events: [IDENTIFY],
    results: ['500 network_failure'],
    requests: ['POST /v2/users'],
  },
};
const NAMES = Object.keys(CASES);

describe('a call of the built Function ends within Segment’s limit, and says what is known, after', () => {
  const calls: (() => Promise<Played>)[] = [];
  const sandboxes: Sandbox[] = [];
  let playOf: (name: string) => Promise<Played>;

  beforeAll(async () => {
    sandboxes.push(...(await Promise.all(NAMES.map(() => startSandbox({ applyDelayMs: 0 })))));
    // All are loaded before the first call begins: loading takes time that the calls are measured in.
    calls.push(...NAMES.map((name, at) => prepare(CASES[name] as Case, sandboxes[at] as Sandbox)));
    playOf = sideBySide(NAMES, async (name) => (calls[NAMES.indexOf(name)] as () => Promise<Played>)());
  });

  afterAll(async () => {
    await Promise.all(sandboxes.map((sandbox) => sandbox.close()));
  });

  it.each(NAMES)('%s', async (name) => {
    const { results, resultsAgain, requests } = await playOf(name);
    const { results: expected, resultsAgain: expectedAgain = [], requests: expectedRequests } = CASES[name] as Case;
    expect(results).toEqual(expected);
    expect(resultsAgain).toEqual(expectedAgain);
    if (expectedRequests) expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual(expectedRequests);
  });
});

it('after a 429 nothing is sent but what is on its way', async () => {
  const batch = mixedBatch(400);
  await onSandbox(async ({ host, sandbox, settings }) => {
    sandbox.addFault({ skip: 30, times: ALWAYS, status: 429, headers: { 'retry-after': '60' } });
    const verdicts = await host.deliverBatch(
      batch.map(({ event }) => event),
      settings,
    );
    const requests = sandbox.requests();
    expect(findWrongResults(batch, { positions: batch.map((_, at) => at), verdicts, requests })).toEqual([]);
    // Ten users, ten Aliases that read two users each, and a purge.
    expect(requests.length).toBeLessThanOrEqual(30 + 31);
  });
});

/** Loads the Function; returns the call. */
function prepare(played: Case, sandbox: Sandbox): () => Promise<Played> {
  const { faults = [], endless, events, options, calls, outOfTimeAfter, resultsAgain } = played;
  for (const fault of faults) sandbox.addFault(fault);
  const now = (): number => NOW + (sandbox.requests().length < (outOfTimeAfter ?? 0) ? 0 : LAST_START_MS);
  const host = createBuiltFunction({ ...options, ...(outOfTimeAfter === undefined ? {} : { now }) });
  const call = async (endpoint: string): Promise<readonly string[]> => {
    const settings = { apiKey: API_KEY, endpoint };
    const verdicts =
      calls === 'single'
        ? await Promise.all(events.map((event) => host.deliver(event, settings)))
        : await host.deliverBatch(events, settings);
    return verdicts.map(resultOf);
  };
  return async () => {
    const gate =
      endless === undefined ? undefined : await Gate.before(sandbox, (socket) => dripForEver(socket, endless));
    const endpoint = gate ? `http://${gate.address}` : sandbox.url;
    try {
      const results = await call(endpoint);
      return { results, resultsAgain: resultsAgain ? await call(endpoint) : [], requests: sandbox.requests() };
    } finally {
      await gate?.close();
    }
  };
}

/** The runtime's own time-out has neither a status nor an error's name, and fits no expectation. */
function resultOf(verdict: Verdict): string {
  if (verdict.verdict === 'delivered') return String(verdict.status ?? 'delivered');
  const [, reason = verdict.message] = /\((\w+)\)$/.exec(verdict.message ?? '') ?? [];
  return `${verdict.status ?? verdict.errorName} ${reason}`;
}

function identifies(count: number): readonly object[] {
  return Array.from({ length: count }, (_, at) => ({ type: 'identify', userId: `user-${at}`, traits: { at } }));
}

function repeat(result: string, count: number): readonly string[] {
  return Array.from({ length: count }, () => result);
}

/** A little every second, which no time-out for silence ends. */
function dripForEver(socket: Socket, statusLine: string): void {
  socket.write(`HTTP/1.1 ${statusLine}\r\nTransfer-Encoding: chunked\r\n\r\n`);
  const timer = setInterval(() => socket.write('1\r\nx\r\n'), 1_000);
  socket.once('close', () => clearInterval(timer));
}
