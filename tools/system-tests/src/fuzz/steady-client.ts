import { setTimeout as pause } from 'node:timers/promises';
import type { AdminApi, RelayOnSandbox } from '@segment-userleap/relay-driver';
import { until } from '@segment-userleap/relay-driver';

const PAUSE_MS = 20;
// As many as the admin API lists of one user, and fewer.
const BATCHES_PER_USER = 300;

/** A sender with nothing but valid events, each batch sent once: all of them are to be answered 200. */
export class SteadyClient {
  /** Message ids of what was answered 200, by user. */
  readonly acknowledged = new Map<string, string[]>();
  /** A sentence for each call that was not answered as it should be. */
  readonly problems: string[] = [];
  #longestMs = 0;
  #calls = 0;
  #isStopped = false;
  readonly #running: Promise<void>;

  constructor(private readonly pair: RelayOnSandbox) {
    this.#running = this.#run();
  }

  get calls(): number {
    return this.#calls;
  }

  get longestMs(): number {
    return this.#longestMs;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      await this.#send();
      await pause(PAUSE_MS);
    }
  }

  async #send(): Promise<void> {
    const number = this.#calls;
    this.#calls += 1;
    const userId = `steady-${Math.floor(number / BATCHES_PER_USER)}`;
    const ids = [`steady-${number}-identify`, `steady-${number}-track`];
    const batch = [
      { type: 'identify', messageId: ids[0], userId, traits: { step: number } },
      { type: 'track', messageId: ids[1], userId, event: 'Steady' },
    ];
    const startedAt = performance.now();
    const answer = await this.pair
      .post('/v1/batch', { batch })
      .then(async (response) => `${response.status} ${await response.text()}`)
      .catch(() => 'nothing');
    this.#longestMs = Math.max(this.#longestMs, performance.now() - startedAt);
    if (answer !== '200 {"success":true}') this.problems.push(`valid call ${number} was answered ${answer}`);
    else this.acknowledged.set(userId, [...(this.acknowledged.get(userId) ?? []), ...ids]);
  }
}

/** How many events of a user are delivered, and a sentence for each that is lost or refused. Waits for those on their way. */
export async function followUp(
  admin: AdminApi,
  userId: string,
  ids: readonly string[],
): Promise<{ delivered: number; problems: readonly string[] }> {
  let states = new Map<string, string>();
  const isDone = async (): Promise<true | undefined> => {
    states = new Map((await admin.events({ userId })).map(({ messageId, state }) => [messageId, state]));
    return ids.every((id) => states.has(id) && states.get(id) !== 'pending') ? true : undefined;
  };
  // What waits in vain is told by its state.
  await until(`the events of ${userId} to have an end`, isDone).catch(() => undefined);
  const bad = ids.filter((id) => !['delivered', 'pending'].includes(states.get(id) ?? 'unknown'));
  return {
    delivered: ids.filter((id) => states.get(id) === 'delivered').length,
    problems: bad.map((id) => `event ${id} was answered 200 and is ${states.get(id) ?? 'unknown'}`),
  };
}
