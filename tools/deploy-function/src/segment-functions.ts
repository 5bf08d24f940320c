import { callSegment } from './call-segment';
import type { Connection } from './call-segment';
import type { ListedFunction } from './choose-function';
import { DeployFailure } from './deploy-failure';
import { readSettings } from './function-setting';
import { isRecord } from './is-record';
import type { Deployment } from './plan-update';

// Segment Public API, Pagination, 2026: 200 is what every version of the page allows.
const PAGE_SIZE = '200';

/**
 * Whether what Segment holds of a function is what it runs (Segment Public API, FunctionV1, 2026: `isLatestVersion`, "whether
 * the deployment of this Function is the latest version", and `deployedAt`, both optional).
 */
export interface SegmentDeployment {
  readonly isLatestVersion?: boolean;
  readonly deployedAt?: string;
}

/** A function with its code and settings. */
export interface SegmentFunction extends ListedFunction, Deployment, SegmentDeployment {
  readonly resourceType: string;
}

/**
 * What the workspace of the token is called: its name and its short name (Segment Public API, Get Workspace, 2026: `GET /`
 * answers `{workspace: {id, name, slug}}`).
 */
export async function loadWorkspaceNames(connection: Connection): Promise<readonly [name: string, slug: string]> {
  const data = await callSegment(connection, { method: 'GET', path: '/' });
  const workspace = isRecord(data) ? data.workspace : undefined;
  if (isRecord(workspace) && typeof workspace.name === 'string') return [workspace.name, String(workspace.slug)];
  throw unexpected('GET /', 'data.workspace.name');
}

/**
 * All Destination Functions of the workspace (Segment Public API, List Functions and Pagination, 2026: `pagination` is
 * required; items have no code, and may lack a name, by which nobody means one; `data.pagination.next` is the cursor of the next page, or nothing on the last). The bracket
 * form of the query is what Segment's own SDKs send.
 */
export async function loadFunctions(connection: Connection): Promise<readonly ListedFunction[]> {
  const functions: ListedFunction[] = [];
  const cursors = new Set<string>();
  for (let cursor: string | undefined; ;) {
    const data = await callSegment(connection, {
      method: 'GET',
      path: '/functions',
      query: {
        resourceType: 'DESTINATION',
        'pagination[count]': PAGE_SIZE,
        ...(cursor !== undefined && { 'pagination[cursor]': cursor }),
      },
    });
    const named = isRecord(data) && Array.isArray(data.functions) ? data.functions.filter(isNamed) : undefined;
    if (!isRecord(data) || !named?.every(isFunction)) throw unexpected('GET /functions', 'data.functions');
    functions.push(...named);
    const next = isRecord(data.pagination) ? data.pagination.next : undefined;
    if (typeof next !== 'string' || next === '') return functions;
    if (cursors.has(next)) throw unexpected('GET /functions', 'another data.pagination.next on every page');
    cursors.add(next);
    cursor = next;
  }
}

/** A function with its code (Segment Public API, Get Function, 2026). */
export async function loadFunction(connection: Connection, id: string): Promise<SegmentFunction> {
  const path = `/functions/${encodeURIComponent(id)}`;
  return readFunction(await callSegment(connection, { method: 'GET', path }), `GET ${path}`);
}

/** Creates a Destination Function (Segment Public API, Create Function, 2026: 200 with `{function}`). */
export async function createFunction(
  connection: Connection,
  displayName: string,
  { code, settings }: Deployment,
): Promise<SegmentFunction> {
  const body = { code, settings, displayName, resourceType: 'DESTINATION' };
  return readFunction(await callSegment(connection, { method: 'POST', path: '/functions', body }), 'POST /functions');
}

/**
 * Changes a function (Segment Public API, Update Function, 2026: only the fields that are given). It needs no deployment of
 * its own: Create Function Deployment is "only applicable to Source Function instances" (Public API, 2026), and code of a
 * Destination Function goes to all destinations at once (Config API, Functions, 2024).
 */
export async function updateFunction(
  connection: Connection,
  id: string,
  changes: Partial<Deployment>,
): Promise<SegmentDeployment> {
  const path = `/functions/${encodeURIComponent(id)}`;
  const data = await callSegment(connection, { method: 'PATCH', path, body: changes });
  return readDeployment(isRecord(data) ? data.function : undefined);
}

function readFunction(data: unknown, call: string): SegmentFunction {
  const found = isRecord(data) ? data.function : undefined;
  if (!isFunction(found)) throw unexpected(call, 'data.function with id and displayName');
  const { id, displayName, code, resourceType } = found;
  const settings = readSettings(found.settings ?? []);
  if (typeof code !== 'string' || typeof resourceType !== 'string') throw unexpected(call, 'data.function.code');
  if (settings === undefined) throw unexpected(call, 'data.function.settings');
  return { id, displayName, code, resourceType, settings, ...readDeployment(found) };
}

function readDeployment(found: unknown): SegmentDeployment {
  const { isLatestVersion, deployedAt } = isRecord(found) ? found : {};
  return {
    ...(typeof isLatestVersion === 'boolean' && { isLatestVersion }),
    ...(typeof deployedAt === 'string' && { deployedAt }),
  };
}

function isNamed(value: unknown): boolean {
  return isRecord(value) && typeof value.displayName === 'string';
}

function isFunction(value: unknown): value is ListedFunction & Record<string, unknown> {
  return isRecord(value) && typeof value.id === 'string' && typeof value.displayName === 'string';
}

function unexpected(call: string, field: string): DeployFailure {
  return new DeployFailure(
    `Segment's answer to ${call} is not as documented (expected ${field}): check SEGMENT_REGION and any proxy on the way, or report it.`,
  );
}
