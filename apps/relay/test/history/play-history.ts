import { mapEvent } from '@segment-userleap/mapping';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDestination } from '../../src/config/read-destinations';
import type { EventRecord } from '../../src/outbox/port/event-record';
import { fateOf } from '../../src/outbox/port/fate-of';
import type { LaneRecord } from '../../src/outbox/port/outbox.port';
import { VirtualClock } from '../virtual-clock';
import { CUSTOMERS } from './arbitrary-history';
import type { Action, CallKind, History, PlannedCall } from './arbitrary-history';
import { chanceFrom } from './chance';
import { RelayProcess } from './relay-process';
import type { ProcessSettings } from './relay-process';
import { StandstillWatch } from './standstill-watch';
import { POISONED_EVENT, POISONED_TRAIT, UserLeapModel } from './userleap-model';

const HALF_AN_HOUR_MS = 30 * 60_000;
const CALM_MS = 12 * 60_000;
const LOOK_EVERY_MS = 500;
const LIST_EVERY_MS = 60_000;
const SOON_MS = 3_000;

/** A call that was accepted; `number` counts them, and `at` is its own time: later calls have later ones. */
export interface AcceptedCall {
  readonly number: number;
  readonly kind: CallKind;
  readonly userId: string;
  readonly isPoison: boolean;
  readonly at: number;
  /** Milliseconds of the time that passes. */
  readonly acceptedAt: number;
}

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
    const { nextAt } = await outbox.budgetUse(this.#settings.destination.budget, budgetNow);
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
    const { name, settings } = this.#settings.destination;
    const now = this.#machine.now();
    const events = planned.map((one) => {
      const call = this.#number(one);
      const { number, kind } = call;
      const messageId = `message ${number}`;
      const filler = one.fillerBytes === 0 ? {} : { filler: 'x'.repeat(one.fillerBytes) };
      const receivedAt = new Date(now).toISOString();
      const event = {
        ...contentOf(call),
        ...filler,
        messageId,
        timestamp: new Date(call.at).toISOString(),
        receivedAt,
      };
      const fate = fateOf(mapEvent(event, settings, now), event, settings);
      return { destination: name, messageId, type: kind, body: JSON.stringify(event), acceptedAt: now, fate };
    });
    await outbox.accept(events);
    delivery.wake();
  }

  #number({ kind, userId, isPoison }: PlannedCall): AcceptedCall {
    const number = this.#calls.length;
    const acceptedAt = this.#machine.elapsed();
    const last = this.#calls.at(-1)?.at ?? 0;
    const at = Math.max(last + 1, START + acceptedAt);
    const call = { number, kind, userId, isPoison, at, acceptedAt };
    this.#calls.push(call);
    return call;
  }
}

const START = Date.UTC(2026, 0, 1);

/** The trait that says how new the user's last Identify is. */
export function newestTrait(userId: string): string {
  return `newest of ${userId}`;
}

/** The new user of an Alias. */
export function aliasedTo({ number }: Pick<AcceptedCall, 'number'>): string {
  return CUSTOMERS[number % CUSTOMERS.length] ?? '';
}

function contentOf(call: AcceptedCall): object {
  const { kind, userId, isPoison, number } = call;
  switch (kind) {
    case 'identify':
      return {
        type: kind,
        userId,
        traits: { [newestTrait(userId)]: number, ...(isPoison ? { [POISONED_TRAIT]: true } : {}) },
      };
    case 'track':
      return { type: kind, userId, event: isPoison ? POISONED_EVENT : `Event ${number % 3}` };
    case 'alias':
      return { type: kind, previousId: userId, userId: aliasedTo(call) };
    case 'delete':
      return { type: kind, userId };
  }
}
