import type { UserLeapRequest, UserLeapReply } from '@segment-userleap/userleap-api';
import { sql } from 'kysely';
import type { Destination } from '../../src/config/relay-config';
import { BelievedTime } from '../../src/delivery/believed-time';
import { Circuit } from '../../src/delivery/circuit';
import { DestinationDelivery } from '../../src/delivery/destination-delivery';
import { Housekeeping } from '../../src/delivery/housekeeping';
import { TurnMemory } from '@segment-userleap/delivery';
import { openSqlite } from '../../src/outbox/sqlite/open-sqlite';
import { SqliteOutbox } from '../../src/outbox/sqlite/sqlite-outbox';
import type { Turn } from '../../src/outbox/port/turn';
import { silentObserver } from '../silent-observer';
import type { VirtualClock } from '../virtual-clock';
import { ProcessClock } from './process-clock';

const DAY_MS = 86_400_000;

/** What a process is started with. */
export interface ProcessSettings {
  readonly destination: Destination;
  readonly horizonMs: number;
  readonly parkedLimit: number;
}

/** Who is told what a process does, and answers its requests. */
export interface ProcessOutside {
  readonly machine: VirtualClock;
  chance(): number;
  leased(turn: Turn): void;
  meet(request: UserLeapRequest, now: number): { readonly reply: UserLeapReply; readonly latencyMs: number };
  failed(error: unknown): void;
}

/** One process of the relay, from its start to its death: the delivery of one destination, and housekeeping. */
export class RelayProcess {
  inFlight = 0;

  private constructor(
    readonly outbox: SqliteOutbox,
    readonly clock: ProcessClock,
    readonly delivery: DestinationDelivery,
    private readonly housekeeping: Housekeeping,
  ) {}

  static async start(
    path: string,
    { destination, horizonMs, parkedLimit }: ProcessSettings,
    { machine, meet, failed, leased, chance }: ProcessOutside,
  ): Promise<RelayProcess> {
    const clock = new ProcessClock(machine);
    const db = await openSqlite(path);
    // Processes die here, the machine never does.
    await sql`PRAGMA synchronous = OFF`.execute(db);
    const outbox = await SqliteOutbox.create(db, { backlogLimit: 1_000_000, parkedLimit });
    const { name, budget } = destination;
    await outbox.useEnvironments([{ destination: name, environment: budget.id }]);
    const logger = { log: () => undefined, warn: () => undefined, error: failed };
    const time = await BelievedTime.start(clock, outbox, logger);
    const alarm = { failed, worked: () => undefined };
    const client = {
      send: (request: UserLeapRequest) => {
        const { reply, latencyMs } = meet(request, machine.elapsed());
        started.inFlight += 1;
        return new Promise<UserLeapReply>((resolve) => {
          clock.setTimer(() => {
            started.inFlight -= 1;
            resolve(reply);
          }, latencyMs);
        });
      },
    };
    const memory = new TurnMemory();
    const told = { secret: await outbox.loadSecret(), unchangedMs: DAY_MS };
    const nudge = () => undefined;
    const outside = {
      outbox,
      clock,
      client,
      alarm,
      observer: silentObserver,
      logger,
      chance,
      memory,
      told,
      nudge,
      time,
    };
    const lease = outbox.lease.bind(outbox);
    outbox.lease = async (call) => {
      const result = await lease(call);
      if (result.kind === 'turns') for (const turn of result.turns) leased(turn);
      return result;
    };
    const circuit = new Circuit((await outbox.loadPauses()).get(name));
    const handPausedAt = (await outbox.loadHandPauses()).get(name);
    const delivery = new DestinationDelivery(destination, circuit, outside, handPausedAt);
    const config = {
      destinations: [destination],
      retryHorizonMs: horizonMs,
      retentionMs: DAY_MS,
      deadLetterRetentionMs: DAY_MS,
      deduplicationMs: DAY_MS,
      parkedLimit,
      anonymousHoldMs: 0,
      anonymousLimit: 1_000,
    };
    const dispatcher = { list: () => [delivery], lookAtPauses: async () => undefined };
    const unconfigured = { list: () => outbox.listOthers([name]) };
    const housekeeping = new Housekeeping(config, outbox, clock, time, dispatcher, unconfigured, alarm, silentObserver);
    const started = new RelayProcess(outbox, clock, delivery, housekeeping);
    housekeeping.onApplicationBootstrap();
    delivery.wake();
    return started;
  }

  /** Nothing of it goes on: what is in flight is never answered. */
  die(): void {
    this.clock.die();
  }

  /** The end of a good day. */
  async stop(): Promise<void> {
    await Promise.all([this.delivery.stop(), this.housekeeping.beforeApplicationShutdown()]);
  }
}
