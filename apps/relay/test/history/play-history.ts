import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDestination } from '../../src/config/read-destinations';
import type { EventRecord } from '../../src/outbox/port/event-record';
import type { LaneRecord } from '../../src/outbox/port/lane-record';
import { VirtualClock } from '../virtual-clock';
import { newEventOf } from './accepted-call';
import type { AcceptedCall } from './accepted-call';
import type { Action, History, PlannedCall } from './arbitrary-history';
import { chanceFrom } from './chance';
import { RelayProcess } from './relay-process';
import type { ProcessSettings } from './relay-process';
import { StandstillWatch } from './standstill-watch';
import { UserLeapModel } from './userleap-model';

const HALF_AN_HOUR_MS = 30 * 60_000;
const CALM_MS = 12 * 60_000;
const LOOK_EVERY_MS = 500;
const LIST_EVERY_MS = 60_000;
const SOON_MS = 3_000;
const START = Date.UTC(2026, 0, 1);

/** A moment at which something changes who has what in flight, by the number of requests that UserLeap had met. */
export type Mark =
  | { readonly kind: 'turn'; readonly after: number; readonly lanes: readonly string[] }
  | { readonly kind: 'kill'; readonly after: number; readonly elapsed: number; readonly wasSetBy: number };

/** What came of a history. */
export interface Played {
  readonly calls: readonly AcceptedCall[];
  readonly model: UserLeapModel;
  readonly marks: readonly Mark[];
  readonly standstills: readonly string[];
  readonly failures: readonly unknown[];
  readonly events: readonly EventRecord[];
  readonly lanes: readonly LaneRecord[];
  readonly isPaused: boolean;
  /** When the budget has a place. */
  readonly placeInMs: number;
  /** UserLeap said so, as far as the budget knows. */
  readonly isBlocked: boolean;
  /** By how much the clock was set in all, either way. */
  readonly setByMs: number;
  /** By message id, when a dead letter was first seen as one: at most a minute later. */
  readonly rejectedBy: ReadonlyMap<string, number>;
}

/** Plays a history on the engine, over a store in a file, and then lets it be calm for a while. */
export async function playHistory(history: History, seed: number): Promise<Played> {
  const player = new Player(history, seed);
  try {
    return await player.play();
  } finally {
    player.remove();
  }
}

class Player {
  readonly #machine = new VirtualClock();
  readonly #model: UserLeapModel;
  readonly #chance: () => number;
  readonly #settings: ProcessSettings;
  readonly #folder = mkdtempSync(join(tmpdir(), 'relay-history-'));
  readonly #calls: AcceptedCall[] = [];
  readonly #marks: Mark[] = [];
  readonly #failures: unknown[] = [];
  readonly #standstill = new StandstillWatch();
  readonly #rejectedBy = new Map<string, number>();
  #processes = 0;
  #listedAt = 0;
  #setByMs = 0;

  constructor(
    private readonly history: History,
    seed: number,
  ) {
    this.#chance = chanceFrom(seed);
    this.#model = new UserLeapModel(history.weather, this.#chance);
    const { rateLimit, graceSeconds, horizonMs, parkedLimit } = history;
    const raw = { name: 'here', rateLimit, settings: { apiKey: 'key', endpoint: 'http://127.0.0.1:1' } };
    const destination = parseDestination(raw, 'destination', graceSeconds);
    if (!destination.ok) throw new Error('the sample destination is not valid');
    this.#settings = { destination: destination.value, horizonMs, parkedLimit };
  }

  async play(): Promise<Played> {
    let process = await this.#start();
    for (const { afterMs, action } of this.history.steps) {
      if (this.#machine.elapsed() >= HALF_AN_HOUR_MS) break;
      await this.#advance(process, afterMs);
      process = await this.#act(process, action);
    }
    await this.#advance(process, HALF_AN_HOUR_MS - this.#machine.elapsed());
    this.#model.calm();
    await process.delivery.pauses.resume();
    await this.#advance(process, CALM_MS);
    await this.#listRejected(process);
    const played = await this.#look(process);
    await this.#end(process);
    return played;
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }

  async #look({ outbox, delivery, clock }: RelayProcess): Promise<Played> {
    const budgetNow = clock.budgetNow();
    const { nextAt, blockedUntil } = await outbox.budgetUse(this.#settings.destination.budget, budgetNow);
    return {
      calls: this.#calls,
      model: this.#model,
      marks: this.#marks,
      standstills: this.#standstill.found,
      failures: this.#failures,
      events: await outbox.listEvents({ limit: this.#calls.length + 1 }),
      lanes: await outbox.listLanes({ now: this.#machine.now(), limit: 1_000 }),
      isPaused: delivery.pauses.isPaused,
      placeInMs: nextAt - budgetNow,
      isBlocked: blockedUntil > budgetNow,
      setByMs: this.#setByMs,
      rejectedBy: this.#rejectedBy,
    };
  }

  async #act(process: RelayProcess, action: Action): Promise<RelayProcess> {
    switch (action.kind) {
      case 'calls':
        await this.#accept(process, action.calls);
        return process;
      case 'pause':
        await process.delivery.pauses.pauseByHand();
        return process;
      case 'resume':
        await process.delivery.pauses.resume();
        return process;
      case 'clock':
        this.#machine.set(action.byMs);
        this.#setByMs += Math.abs(action.byMs);
        return process;
      case 'freeze':
        this.#machine.skip(action.ms);
        this.#standstill.reset();
        return process;
      case 'kill':
        return this.#kill(process, action.downMs);
    }
  }

  /** In small steps, so that it is seen where nothing goes on. */
  async #advance(process: RelayProcess, byMs: number): Promise<void> {
    for (let left = byMs; left > 0; left -= LOOK_EVERY_MS) {
      await this.#machine.advance(Math.min(left, LOOK_EVERY_MS));
      await this.#standstill.look(process, this.#settings.destination, this.#model.met.length);
      if (this.#machine.elapsed() - this.#listedAt >= LIST_EVERY_MS) await this.#listRejected(process);
    }
  }

  async #listRejected({ outbox }: RelayProcess): Promise<void> {
    this.#listedAt = this.#machine.elapsed();
    for (const { messageId } of await outbox.listEvents({ state: 'rejected', limit: this.#calls.length + 1 })) {
      if (!this.#rejectedBy.has(messageId)) this.#rejectedBy.set(messageId, this.#listedAt);
    }
  }

  async #kill(process: RelayProcess, downMs: number): Promise<RelayProcess> {
    for (let waited = 0; process.inFlight === 0 && waited < SOON_MS; waited += 100) await this.#machine.advance(100);
    process.die();
    const { wasSetBy } = process.clock;
    this.#marks.push({ kind: 'kill', after: this.#model.met.length, elapsed: this.#machine.elapsed(), wasSetBy });
    // As it lies on the disk, with its log.
    const next = this.#path(this.#processes);
    for (const end of ['', '-wal']) {
      const file = this.#path(this.#processes - 1) + end;
      if (existsSync(file)) copyFileSync(file, next + end);
    }
    await process.outbox.close();
    this.#machine.skip(downMs);
    this.#standstill.reset();
    return this.#start();
  }

  #start(): Promise<RelayProcess> {
    const path = this.#path(this.#processes++);
    return RelayProcess.start(path, this.#settings, {
      machine: this.#machine,
      chance: this.#chance,
      meet: (request, now) => this.#model.meet(request, now),
      leased: ({ lanes }) => {
        this.#marks.push({ kind: 'turn', after: this.#model.met.length, lanes: lanes.map(({ lane }) => lane) });
      },
      failed: (error) => void this.#failures.push(error),
    });
  }

  #path(process: number): string {
    return join(this.#folder, `relay-${process}.db`);
  }

  async #end(process: RelayProcess): Promise<void> {
    const ended = process.stop().then(() => (isEnded = true));
    let isEnded = false;
    await this.#machine.until(() => isEnded);
    await ended;
    await process.outbox.close();
  }

  async #accept({ outbox, delivery }: RelayProcess, planned: readonly PlannedCall[]): Promise<void> {
    const { destination } = this.#settings;
    const now = this.#machine.now();
    await outbox.accept(planned.map((one) => newEventOf(this.#number(one), one.fillerBytes, destination, now)));
    delivery.wake();
  }

  #number({ kind, userId, isPoison }: PlannedCall): AcceptedCall {
    const number = this.#calls.length;
    const acceptedAt = this.#machine.elapsed();
    const at = Math.max((this.#calls.at(-1)?.at ?? 0) + 1, START + acceptedAt);
    const call = { number, kind, userId, isPoison, at, acceptedAt };
    this.#calls.push(call);
    return call;
  }
}
