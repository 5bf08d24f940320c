import { mapEvent, reasoned } from '@segment-userleap/mapping';
import type { Outcome, Settings, UpsertOperation } from '@segment-userleap/mapping';
import { buildBulkRequest, bulkColumnsOf, classifyBulkReply, MAX_BULK_ROWS } from '@segment-userleap/userleap-api';
import type { BulkRequest, UserLeapReply } from '@segment-userleap/userleap-api';
import { isUnchanged, settleUnchanged } from './deliver-upserts';
import type { DeliveryPorts } from './delivery-ports';
import { DeliveryRun } from './delivery-run';
import { groupBy } from './group-by';
import { mergeUpserts } from './merge-upserts';
import type { MergedUpsert } from './merge-upserts';
import { isUpsert } from './pending';
import type { Pending } from './pending';
import type { News, UserMemory } from './user-memory';
import { UserUpserts } from './user-upserts';
import type { Upserts } from './user-upserts';

// Fewer users with the same columns are as well told one by one, and keep the types of their values.
const LEAST_ROWS = 100;
const BREATH = 500;

/** The outside of a bulk. */
export interface BulkPorts extends DeliveryPorts {
  /** As `send`: rejects never. */
  sendBulk(request: BulkRequest, events: readonly number[]): Promise<UserLeapReply>;
  /** Those of the users of whom something may be told now. */
  mayTell(users: readonly string[]): Promise<ReadonlySet<string>>;
  /** Lets go on what else the host does: called again and again, as many users take long. */
  breathe(): Promise<void>;
}

export interface BulkEnd {
  /** In the order given; undefined of events of users who have to go by themselves. */
  readonly outcomes: readonly (Outcome | undefined)[];
  /** UserLeap takes no such requests. */
  readonly isRefused: boolean;
}

/** A user of a bulk: what it is to be told, and of it what is news. */
interface Row extends MergedUpsert {
  readonly userId: string;
  readonly upserts: Upserts;
  readonly news: readonly News[];
  readonly memory: UserMemory;
}

/**
 * Tells UserLeap of many users in a few requests, one for those with the same columns. What `deliverEvents` promises of older values and
 * of what UserLeap was told before holds here, too. An accepted request says nothing of its rows.
 */
export async function deliverBulk(events: Iterable<unknown>, settings: Settings, ports: BulkPorts): Promise<BulkEnd> {
  const run = new DeliveryRun(settings, ports);
  const { count, users } = await mapUsers(run, events, ports);
  const groups = groupBy(await findRows(run, users, ports), ({ upsert }) => bulkColumnsOf(upsert) ?? '');
  let end: Outcome | 'refused' | undefined;
  for (const [columns, group] of groups) {
    if (columns === '' || group.length < LEAST_ROWS) continue;
    const allowed = await ports.mayTell(group.map(({ userId }) => userId));
    const rows = group.filter(({ userId }) => allowed.has(userId));
    if (rows.length < LEAST_ROWS) continue;
    for (let from = 0; from < rows.length && end === undefined; from += MAX_BULK_ROWS) {
      end = await sendRows(run, ports, columns, rows.slice(from, from + MAX_BULK_ROWS));
    }
    if (end !== undefined && end !== 'refused') for (const row of rows) putOff(run, row, end);
  }
  const outcomes = Array.from({ length: count }, (_, index) =>
    run.isSettled(index) ? run.outcomeOf(index) : undefined,
  );
  return { outcomes, isRefused: end === 'refused' };
}

/** By user; not those of whom there is more to tell than an upsert. */
async function mapUsers(
  run: DeliveryRun,
  events: Iterable<unknown>,
  ports: BulkPorts,
): Promise<{ count: number; users: ReadonlyMap<string, Upserts> }> {
  const now = run.ports.now();
  const map = run.ports.mapEvent ?? mapEvent;
  const users = new Map<string, Pending<UpsertOperation>[]>();
  const others = new Set<string>();
  let count = 0;
  for (const raw of events) {
    const index = count;
    count += 1;
    if (count % BREATH === 0) await ports.breathe();
    const mapped = map(raw, run.settings, now);
    if (mapped.kind === 'settled') {
      run.settle({ index, warnings: [] }, mapped.outcome);
      continue;
    }
    const { operation, warnings } = mapped;
    const one = { index, operation, warnings };
    if (!isUpsert(one)) others.add(operation.userId);
    else if (users.get(operation.userId)?.push(one) === undefined) users.set(operation.userId, [one]);
  }
  for (const userId of others) users.delete(userId);
  return { count, users };
}

/** Settles what UserLeap was told before. */
async function findRows(
  run: DeliveryRun,
  users: ReadonlyMap<string, Upserts>,
  ports: BulkPorts,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let count = 0;
  for (const [userId, inOrder] of users) {
    if (++count % BREATH === 0) await ports.breathe();
    const memory = await run.memoryOf(userId);
    const upserts = [...inOrder].sort((a, b) => a.operation.at - b.operation.at || a.index - b.index);
    if (await isUnchanged(run, userId, upserts, memory)) {
      await settleUnchanged(run, userId, upserts, memory);
      continue;
    }
    const news = upserts.map((one) => memory.newsOf(one));
    const merged = mergeUpserts(
      userId,
      news.map(({ upsert }) => upsert),
    );
    rows.push({ userId, upserts, news, memory, ...merged });
  }
  return rows;
}

/** Returns what becomes of all that is left, where this ends it. */
async function sendRows(
  run: DeliveryRun,
  ports: BulkPorts,
  columns: string,
  rows: readonly Row[],
): Promise<Outcome | 'refused' | undefined> {
  const upserts = rows.map(({ upsert }) => upsert);
  const request = buildBulkRequest(columns, upserts, run.settings);
  const reply = await ports.sendBulk(
    request,
    rows.flatMap((row) => row.upserts.map(({ index }) => index)),
  );
  const result = classifyBulkReply(reply, { apiKey: run.settings.apiKey, now: ports.now() });
  switch (result.kind) {
    case 'accepted':
      await ports.users.answered();
      for (const [index, row] of rows.entries()) {
        if (index % BREATH === 0) await ports.breathe();
        await userOf(run, row).settleTaken(row.news, row.warnings);
      }
      return undefined;
    case 'refused':
      return 'refused';
    case 'retry':
    case 'misconfigured': {
      for (const row of rows) await userOf(run, row).noteUncertain(row.news, result.reason);
      const delay = result.kind === 'retry' && result.delayMs !== undefined ? { delayMs: result.delayMs } : {};
      return { ...reasoned('retry', result.reason), ...delay };
    }
  }
}

function userOf(run: DeliveryRun, { userId, upserts, memory }: Row): UserUpserts {
  return new UserUpserts(run, userId, upserts, memory);
}

function putOff(run: DeliveryRun, { upserts }: Row, outcome: Outcome): void {
  for (const one of upserts) if (!run.isSettled(one.index)) run.settle(one, outcome);
}
