import { setTimeout as pause } from 'node:timers/promises';
import { toSegmentEvent } from './crash-event';
import type { SentEvent } from './crash-event';
import type { SeededRandom } from '@segment-userleap/relay-driver';

const RETRY_MS = 50;

export interface LoadOptions {
  /** Where the relay listens now; undefined while it does not. */
  readonly url: () => string | undefined;
  readonly writeKey: string;
  readonly users: readonly [string, ...string[]];
  /** Each has users of its own, and one batch on its way. */
  readonly senders: number;
  /** From an answer to the next batch. */
  readonly pauseMs: number;
  /** The share of events that UserLeap refuses. */
  readonly poison: number;
  readonly random: SeededRandom;
  /** How long a call may take before it counts as failed; without: as long as it will. */
  readonly patienceMs?: number;
}

/** Senders that do as Segment's SDKs do: each repeats a batch as it stands until it is answered 200, and only then goes on. */
export class Load {
  /** What was answered 200, in the order of the answers. */
  readonly acknowledged: SentEvent[] = [];
  readonly #steps = new Map<string, number>();
  readonly #running: Promise<unknown>;
  #onAnswer: () => void = () => undefined;
  #isStopped = false;
  #isGivenUp = false;

  constructor(private readonly options: LoadOptions) {
    const lists: [string, ...string[]][] = [];
    for (const [at, user] of options.users.entries()) {
      const list = lists[at % options.senders];
      if (list) list.push(user);
      else lists.push([user]);
    }
    this.#running = Promise.all(lists.map((users) => this.#send(users)));
    // Whoever stops the load hears of it.
    this.#running.catch(() => undefined);
  }

  /** Resolves in the moment in which a sender gets its next 200. */
  nextAnswer(): Promise<void> {
    return new Promise((resolve) => (this.#onAnswer = resolve));
  }

  /** Resolves when every batch that was begun has been answered 200. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
  }

  /** Ends, answered or not. */
  giveUp(): void {
    this.#isStopped = true;
    this.#isGivenUp = true;
  }

  async #send(users: readonly [string, ...string[]]): Promise<void> {
    while (!this.#isStopped) {
      const batch = this.#nextBatch(users);
      const body = JSON.stringify({ batch: batch.map(toSegmentEvent) });
      while (!(await this.#isAccepted(body))) {
        if (this.#isGivenUp) return;
        await pause(RETRY_MS);
      }
      this.acknowledged.push(...batch);
      this.#onAnswer();
      await pause(this.options.pauseMs);
    }
  }

  #nextBatch(users: readonly [string, ...string[]]): readonly SentEvent[] {
    const { random } = this.options;
    return Array.from({ length: random.between(1, 3) }, () => random.pick(users)).flatMap((user) =>
      Array.from({ length: random.between(1, 3) }, () => this.#nextEvent(user)),
    );
  }

  #nextEvent(userId: string): SentEvent {
    const step = this.#steps.get(userId) ?? 0;
    this.#steps.set(userId, step + 1);
    return { messageId: `${userId}-${step}`, userId, step, kind: this.#kind(step) };
  }

  #kind(step: number): SentEvent['kind'] {
    const { random, poison } = this.options;
    if (step === 0) return 'identify';
    if (random.next() < poison) return 'poison';
    return random.pick(['track', 'track', 'track', 'track', 'track', 'track', 'page', 'identify']);
  }

  async #isAccepted(body: string): Promise<boolean> {
    const { url, writeKey, patienceMs } = this.options;
    const address = url();
    if (address === undefined) return false;
    const headers = { authorization: `Basic ${btoa(`${writeKey}:`)}` };
    const init = { method: 'POST', headers, body, ...(patienceMs ? { signal: AbortSignal.timeout(patienceMs) } : {}) };
    const response = await fetch(`${address}/v1/batch`, init).catch(() => undefined);
    if (!response) return false;
    const text = await response.text().catch(() => 'no more');
    if (response.status !== 200 && response.status !== 503) throw new Error(`answered ${response.status}: ${text}`);
    return response.status === 200;
  }
}
