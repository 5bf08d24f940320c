import 'reflect-metadata';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { VirtualClock } from './virtual-clock';

const RELAY = join(__dirname, '../../../../apps/relay/out-tsc/app');

export interface EngineRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface EngineReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Outbox {
  close(): Promise<void>;
}

interface Dispatcher {
  onApplicationBootstrap(): Promise<void>;
  beforeApplicationShutdown(): Promise<void>;
}

/** How events come. */
export interface AcceptOptions {
  readonly isBackfilled?: boolean;
}

interface IntakeService {
  acceptAll(destination: unknown, events: readonly object[], options: AcceptOptions): Promise<void>;
}

interface Config {
  readonly store: { readonly path: string };
  readonly backlogLimit: number;
  readonly parkedLimit: number;
  readonly destinations: readonly unknown[];
}

/** What of the compiled relay is used here: a tool may not import an app. */
interface RelayParts {
  loadConfig(env: Readonly<Record<string, string>>): { readonly value: Config };
  openSqlite(path: string): Promise<object>;
  readonly SqliteOutbox: { create(db: object, limits: Pick<Config, 'backlogLimit' | 'parkedLimit'>): Promise<Outbox> };
  readonly Dispatcher: new (
    config: Config,
    outbox: Outbox,
    clock: Clock,
    client: Client,
    alarm: Alarm,
    observer: typeof OBSERVER,
    news: object,
    time: { readonly lagMs: number; now(): number },
  ) => Dispatcher;
  readonly NO_NEWS: object;
  readonly IntakeService: new (
    config: Config,
    outbox: Outbox,
    clock: Clock,
    dispatcher: Dispatcher,
    alarm: Alarm,
    store: typeof WATCHED_BY_NOBODY,
    observer: typeof OBSERVER,
  ) => IntakeService;
}

type Clock = Pick<VirtualClock, 'now' | 'elapsed' | 'budgetNow' | 'setTimer' | 'allRead'>;

interface Alarm {
  failed(error: unknown): void;
  worked(): void;
}

export interface Client {
  send(request: EngineRequest): Promise<EngineReply>;
}

/** The relay's intake, store and delivery, without its HTTP. */
export interface Engine {
  accept(events: readonly object[], options?: AcceptOptions): Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts the engine of the compiled relay with this outside. `watch` is given the store, so that its calls can be followed. */
export async function startEngine(
  env: Readonly<Record<string, string>>,
  { clock, client, watch }: { clock: Clock; client: Client; watch: (store: Outbox) => Outbox },
): Promise<Engine> {
  const parts = loadParts();
  const { value: config } = parts.loadConfig(env);
  const outbox = watch(await parts.SqliteOutbox.create(await parts.openSqlite(config.store.path), config));
  const dispatcher = new parts.Dispatcher(config, outbox, clock, client, ALARM, OBSERVER, parts.NO_NEWS, {
    lagMs: 0,
    now: clock.now,
  });
  const intake = new parts.IntakeService(config, outbox, clock, dispatcher, ALARM, WATCHED_BY_NOBODY, OBSERVER);
  await dispatcher.onApplicationBootstrap();
  return {
    accept: (events, options = {}) => intake.acceptAll(config.destinations[0], events, options),
    async stop() {
      await dispatcher.beforeApplicationShutdown();
      await outbox.close();
    },
  };
}

const ALARM: Alarm = {
  failed(error) {
    throw error;
  },
  worked: () => undefined,
};

/** In the place of what looks whether the store answers. */
const WATCHED_BY_NOBODY = { whileAnswering: <T>(work: () => Promise<T>): Promise<T> => work() };

const OBSERVER = {
  accepted: () => undefined,
  requested: () => undefined,
  settled: () => undefined,
  ended: () => undefined,
  paused: () => undefined,
};

const MODULES = [
  'config/load-config',
  'outbox/sqlite/open-sqlite',
  'outbox/sqlite/sqlite-outbox',
  'outbox/port/store-news',
  'delivery/dispatcher',
  'intake/intake.service',
];

function loadParts(): RelayParts {
  const load = createRequire(__filename);
  return Object.assign({}, ...MODULES.map((name) => load(join(RELAY, `${name}.js`)) as object)) as RelayParts;
}
