import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const TOKEN = 'sgp_Zm9v.YmFy-secret';
export const WORKSPACE = { id: 'w1', name: 'Acme (EU)', slug: 'acme-eu' };

/** A call as it came. */
export interface RecordedCall {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

/** What happens to the next call of this method and path; `silence`: the connection stays open; `reset`: it is cut. */
export interface Fault {
  readonly method: string;
  readonly path: string;
  readonly answer: 'silence' | 'reset' | { status: number; headers?: Record<string, string>; body?: unknown };
}

export interface FakeFunction {
  id: string;
  displayName: string;
  resourceType: string;
  code: string;
  settings: readonly unknown[];
}

/** Segment's Public API on loopback, as far as functions go, as its documentation says. */
export interface FakeSegment {
  readonly url: string;
  readonly calls: RecordedCall[];
  readonly functions: FakeFunction[];
  readonly faults: Fault[];
  /** Calls that changed something, or tried to. */
  writes(): readonly RecordedCall[];
  close(): Promise<void>;
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
}

const PAGE_SIZE = 2; // the page size asked for is an upper limit

export async function startFakeSegment(): Promise<FakeSegment> {
  const calls: RecordedCall[] = [];
  const functions: FakeFunction[] = [];
  const faults: Fault[] = [];

  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://fake');
    const method = request.method ?? '';
    const text = await readText(request);
    const body = text === '' ? undefined : (JSON.parse(text) as unknown);
    calls.push({ method, path: url.pathname, ...(body !== undefined && { body }) });
    const index = faults.findIndex((fault) => fault.method === method && fault.path === url.pathname);
    const [fault] = index < 0 ? [] : faults.splice(index, 1);
    if (fault?.answer === 'silence') return;
    if (fault?.answer === 'reset') {
      request.socket.resetAndDestroy();
      return;
    }
    const reply: Reply = fault
      ? { body: undefined, ...fault.answer }
      : request.headers.authorization === `Bearer ${TOKEN}`
        ? answer(functions, method, url, body)
        : refusal(401, 'Unauthorized');
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
    response.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body));
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    functions,
    faults,
    writes: () => calls.filter(({ method }) => method !== 'GET'),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(functions: FakeFunction[], method: string, url: URL, body: unknown): Reply {
  const [, collection, id] = url.pathname.split('/');
  if (method === 'GET' && url.pathname === '/') return success({ workspace: WORKSPACE });
  if (collection !== 'functions') return refusal(404, 'Not found');
  if (id === undefined) return method === 'GET' ? list(functions, url.searchParams) : create(functions, body);
  const found = functions.find((candidate) => candidate.id === id);
  if (!found) return refusal(404, 'Not found');
  if (method === 'PATCH') Object.assign(found, body);
  return success({ function: found });
}

function list(functions: FakeFunction[], query: URLSearchParams): Reply {
  const count = Number(query.get('pagination[count]'));
  if (!(count >= 1 && count <= 1000)) return refusal(422, '"pagination" is required');
  const all = functions.filter(({ resourceType }) => resourceType === query.get('resourceType'));
  const start = Number(Buffer.from(query.get('pagination[cursor]') ?? '', 'base64').toString());
  const end = start + Math.min(count, PAGE_SIZE);
  return success({
    functions: all.slice(start, end).map(({ id, displayName, resourceType }) => ({ id, displayName, resourceType })),
    pagination: {
      current: encodeCursor(start),
      next: end < all.length ? encodeCursor(end) : null,
      totalEntries: all.length,
    },
  });
}

function create(functions: FakeFunction[], body: unknown): Reply {
  const { code, displayName, resourceType, settings = [] } = (body ?? {}) as Partial<FakeFunction>;
  if (!code || !displayName || !resourceType) return refusal(422, '"code", "displayName", "resourceType" are required');
  const created = {
    id: `sfnd_${functions.length + 1}`,
    displayName: `${displayName} (${WORKSPACE.name})`,
    resourceType,
    code,
    settings,
  };
  functions.push(created);
  return success({ function: created });
}

function success(data: unknown): Reply {
  return { status: 200, body: { data } };
}

function refusal(status: number, message: string): Reply {
  return { status, body: { errors: [{ type: 'RequestError', message }] } };
}

function encodeCursor(position: number): string {
  return Buffer.from(String(position)).toString('base64');
}

async function readText(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
