import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CREATED_FIELDS, findWrong, UPDATED_FIELDS } from './function-input';

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

/** A function, as `FunctionV1` of the Public API's types has it (@segment/public-api-sdk-typescript, 2026). */
export interface FakeFunction {
  id: string;
  displayName: string;
  resourceType: string;
  code: string;
  settings: readonly unknown[];
  createdAt: string;
  createdBy: string;
  deployedAt: string | null;
  isLatestVersion: boolean;
}

/** Segment's Public API on loopback, as far as this command needs it, as strict as its documentation and types. */
export interface FakeSegment {
  readonly url: string;
  readonly calls: RecordedCall[];
  readonly functions: FakeFunction[];
  readonly faults: Fault[];
  /** When a change runs: at once (the default), by the time that somebody looks at the function again, or never. */
  deploys: 'at once' | 'late' | 'never';
  /** Calls that changed something, or tried to. */
  writes(): readonly RecordedCall[];
  close(): Promise<void>;
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
}

/** A function that nobody has deployed. */
export const NEW = { createdAt: '2026-01-01T00:00:00.000Z', createdBy: 'u1', deployedAt: null, isLatestVersion: false };
export const DEPLOYED = { deployedAt: '2026-01-31T10:00:00.000Z', isLatestVersion: true };

const PAGE_SIZE = 2; // the page size asked for is an upper limit

export async function startFakeSegment(): Promise<FakeSegment> {
  const calls: RecordedCall[] = [];
  const faults: Fault[] = [];
  const segment = { functions: [] as FakeFunction[], deploys: 'at once' as FakeSegment['deploys'] };

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
        ? answer(segment, method, url, body)
        : refusal(401, 'Unauthorized');
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
    response.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body));
  }

  return Object.assign(segment, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    faults,
    writes: () => calls.filter(({ method }) => method !== 'GET'),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

type Workspace = Pick<FakeSegment, 'functions' | 'deploys'>;

/** Calls that the command does not need are not there. */
function answer(workspace: Workspace, method: string, url: URL, body: unknown): Reply {
  const [, collection, id, more] = url.pathname.split('/');
  if (method === 'GET' && url.pathname === '/') return success({ workspace: WORKSPACE });
  if (collection !== 'functions' || more !== undefined) return refusal(404, 'Not found');
  if (id === undefined && method === 'GET') return list(workspace.functions, url.searchParams);
  if (id === undefined && method === 'POST') return create(workspace, body);
  const found = workspace.functions.find((candidate) => candidate.id === id);
  if (found && method === 'GET') return read(workspace, found);
  if (found && method === 'PATCH') return update(workspace, found, body);
  return refusal(404, 'Not found');
}

function list(functions: FakeFunction[], query: URLSearchParams): Reply {
  const count = Number(query.get('pagination[count]'));
  if (!(count >= 1 && count <= 1000)) return refusal(422, '"pagination" is required');
  const all = functions.filter(({ resourceType }) => resourceType === query.get('resourceType'));
  const start = Number(Buffer.from(query.get('pagination[cursor]') ?? '', 'base64').toString());
  const end = start + Math.min(count, PAGE_SIZE);
  return success({
    // `ListFunctionItemV1`: no code, no settings, nothing of the deployment.
    functions: all.slice(start, end).map(listed),
    pagination: {
      current: encodeCursor(start),
      next: end < all.length ? encodeCursor(end) : null,
      totalEntries: all.length,
    },
  });
}

function listed({ id, displayName, resourceType, createdAt, createdBy }: FakeFunction): Partial<FakeFunction> {
  return { id, displayName, resourceType, createdAt, createdBy };
}

function read({ deploys }: Workspace, found: FakeFunction): Reply {
  if (deploys === 'late') Object.assign(found, DEPLOYED);
  return success({ function: found });
}

function create(workspace: Workspace, body: unknown): Reply {
  const wrong = findWrong(body, CREATED_FIELDS);
  if (wrong !== undefined) return refusal(422, wrong);
  const { displayName, ...given } = body as Pick<FakeFunction, 'displayName' | 'resourceType' | 'code'>;
  const created: FakeFunction = {
    id: `sfnd_${workspace.functions.length + 1}`,
    settings: [],
    ...given,
    displayName: `${displayName} (${WORKSPACE.name})`,
    ...NEW,
    ...(workspace.deploys === 'at once' && DEPLOYED),
  };
  workspace.functions.push(created);
  return success({ function: created });
}

function update({ deploys }: Workspace, found: FakeFunction, body: unknown): Reply {
  const wrong = findWrong(body, UPDATED_FIELDS);
  if (wrong !== undefined) return refusal(422, wrong);
  Object.assign(found, body, { isLatestVersion: false }, deploys === 'at once' && DEPLOYED);
  return success({ function: found });
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
