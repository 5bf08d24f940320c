import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { RelayConfig } from '../../config/relay-config';
import { BacklogFull, LeaseLost } from '../port/outbox.port';
import type { OutboxPort } from '../port/outbox.port';
import { packEvents } from './pack-events';

/** What the thread is started with. */
export interface OutboxThreadData extends Pick<RelayConfig, 'store' | 'backlogLimit' | 'parkedLimit'> {
  /** This process among those that share the store. */
  readonly sender: string;
}

export interface OutboxCall {
  readonly id: number;
  readonly method: keyof OutboxPort;
  readonly args: readonly unknown[];
}

/** The answer to a call; one without a call tells whether the store could be opened. */
export interface OutboxAnswer {
  readonly id: number;
  readonly value?: unknown;
  /** Only the kind of what went wrong: its text may quote what was stored. */
  readonly error?: { readonly name: string; readonly code: string | undefined; readonly message: string };
}

export const OPENED = 0;

const CLOSED = 'the store is closed';

// Half of what Node lets new objects take, which is taken for good: next to nothing of a call outlives its answer.
const RESOURCE_LIMITS = { maxYoungGenerationSizeMb: 24 };

type Settle = (answer: OutboxAnswer) => void;

/**
 * The outbox in a thread of its own, so that no commit keeps a request from being read, and reading requests keeps no
 * commit open. Rejects where the store cannot be opened. `onLost` is called when the thread ends though nobody has closed
 * the store: every call fails then.
 */
export async function openOutboxThread(data: OutboxThreadData, onLost: () => void): Promise<OutboxPort> {
  const worker = new Worker(join(__dirname, 'outbox-thread-main.js'), {
    workerData: data,
    resourceLimits: RESOURCE_LIMITS,
  });
  const open = new Map<number, Settle>();
  let last = OPENED;
  let isOpen = false;
  let hasEnded = false;
  worker.on('message', (answer: OutboxAnswer) => {
    open.get(answer.id)?.(answer);
    open.delete(answer.id);
  });
  const failAll = (error: Error): void => {
    for (const [id, settle] of open)
      settle({ id, error: { name: error.name, code: undefined, message: error.message } });
    open.clear();
  };
  worker.on('error', failAll);
  worker.on('exit', () => {
    hasEnded = true;
    failAll(new Error(CLOSED));
    if (isOpen) onLost();
  });

  const answerTo = (id: number): Promise<unknown> =>
    new Promise((resolve, reject) => {
      open.set(id, ({ value, error }) => (error ? reject(toError(error)) : resolve(value)));
    });
  const call = (method: keyof OutboxPort, args: readonly unknown[]): Promise<unknown> => {
    // Nobody would ever answer.
    if (hasEnded) return Promise.reject(new Error(CLOSED));
    if (method === 'close') isOpen = false;
    last += 1;
    const answer = answerTo(last);
    worker.postMessage({ id: last, method, args } satisfies OutboxCall);
    return answer;
  };

  await answerTo(OPENED);
  isOpen = true;
  const methods = Object.keys(METHODS) as readonly (keyof OutboxPort)[];
  const port = methods.map((method) => [method, (...args: readonly unknown[]) => call(method, args)] as const);
  return {
    ...(Object.fromEntries(port) as unknown as OutboxPort),
    accept: async (events) => void (await call('accept', [packEvents(events)])),
  };
}

/** Every method of the port, by name: the compiler asks for it. */
const METHODS: Readonly<Record<keyof OutboxPort, true>> = {
  accept: true,
  readClock: true,
  lease: true,
  reserve: true,
  settle: true,
  findRepeats: true,
  endRepeats: true,
  block: true,
  budgetUse: true,
  dropFarPlaces: true,
  hastenLanes: true,
  useEnvironments: true,
  leaveEnvironments: true,
  isKnownUser: true,
  loadMemory: true,
  loadSecret: true,
  usage: true,
  usageDays: true,
  trackUsers: true,
  lastDelivered: true,
  hasAnswered: true,
  giveUp: true,
  listOthers: true,
  loadWaiting: true,
  moveWaiting: true,
  endWaiting: true,
  endHeld: true,
  eraseHeld: true,
  countHeld: true,
  sampleBacklog: true,
  lastSampleBefore: true,
  prune: true,
  loadDeadLetters: true,
  groupDeadLetters: true,
  countDeadLetters: true,
  countDeadLettersByReason: true,
  dismiss: true,
  requeue: true,
  loadPauses: true,
  savePause: true,
  loadHandPauses: true,
  pauseByHand: true,
  resume: true,
  loadPausedTimes: true,
  endPausedTimes: true,
  forgetPausedTimes: true,
  eraseUser: true,
  goOnErasing: true,
  listEvents: true,
  loadEvent: true,
  listLanes: true,
  overview: true,
  listNames: true,
  markNames: true,
  countNewNames: true,
  takeNewNames: true,
  flow: true,
  countPending: true,
  endParked: true,
  findOvergrown: true,
  countWaitingFor: true,
  keepsHouse: true,
  tryWriting: true,
  hasRequestedSince: true,
  readySince: true,
  close: true,
};

function toError({ name, code, message }: NonNullable<OutboxAnswer['error']>): Error {
  if (name === 'BacklogFull') return new BacklogFull(message);
  if (name === 'LeaseLost') return new LeaseLost(message);
  return Object.assign(new Error(message), { name, ...(code === undefined ? {} : { code }) });
}
