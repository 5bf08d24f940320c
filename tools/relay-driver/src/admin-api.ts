import createClient from 'openapi-fetch';
import type { Client } from 'openapi-fetch';
import type {
  DeadLetterFilter,
  DeadLetterGroup,
  DestinationRecord,
  EventNames,
  EffectiveSettings,
  EventPage,
  EventRecord,
  EventStory,
  KeyCheck,
  LanePage,
  Overview,
  paths,
  UnconfiguredRecord,
  Usage,
} from '../../../dist/apps/relay/admin-api';

export type {
  DestinationRecord,
  EventRecord,
  EventStory,
  LiveEvent,
  Session,
} from '../../../dist/apps/relay/admin-api';

/** The token that relays are started with. */
export const ADMIN_TOKEN = 'contract-tests-admin';

/** What narrows a list of events. */
export type EventQuery = NonNullable<paths['/api/events']['get']['parameters']['query']>;
type UsageQuery = NonNullable<paths['/api/usage']['get']['parameters']['query']>;
type LaneQuery = NonNullable<paths['/api/lanes']['get']['parameters']['query']>;
type MarkCall = paths['/api/event-names/mark']['post']['requestBody']['content']['application/json'];
type EraseCall = paths['/api/users/erase']['post']['requestBody']['content']['application/json'];

/**
 * A client of the relay's admin API, typed by the relay's own description of it. The address is asked for at every call: a
 * relay that starts anew has a new one. Every method but the last two rejects where the relay answers with anything but 200.
 */
export class AdminApi {
  constructor(private readonly url: () => string) {}

  /** The newest 1,000, newest first. */
  async events(query: EventQuery = {}): Promise<readonly EventRecord[]> {
    return (await this.eventPage({ limit: 1_000, ...query })).events;
  }

  eventPage(query: EventQuery = {}): Promise<EventPage> {
    return answerOf(this.#calls.GET('/api/events', { params: { query } }));
  }

  event(id: number): Promise<EventStory> {
    return answerOf(this.#calls.GET('/api/events/{id}', { params: { path: { id } } }));
  }

  lanePage(query: LaneQuery = {}): Promise<LanePage> {
    return answerOf(this.#calls.GET('/api/lanes', { params: { query } }));
  }

  usage(query: UsageQuery = {}): Promise<Usage> {
    return answerOf(this.#calls.GET('/api/usage', { params: { query } }));
  }

  overview(): Promise<Overview> {
    return answerOf(this.#calls.GET('/api/overview'));
  }

  /** Those that are not configured, and for which events wait. */
  async unconfigured(): Promise<readonly UnconfiguredRecord[]> {
    return (await answerOf(this.#calls.GET('/api/destinations'))).unconfigured;
  }

  /** Resolves with how many events do not wait for the destination `name` any more. */
  async move(name: string, to: string): Promise<number> {
    const params = { path: { name } };
    return (await answerOf(this.#calls.POST('/api/destinations/{name}/move', { params, body: { to } }))).moved;
  }

  /** Resolves with how many events became dead letters. */
  async end(name: string): Promise<number> {
    return (await answerOf(this.#calls.POST('/api/destinations/{name}/end', { params: { path: { name } } }))).ended;
  }

  async destinations(): Promise<readonly DestinationRecord[]> {
    return (await answerOf(this.#calls.GET('/api/destinations'))).destinations;
  }

  async destination(name = 'default'): Promise<DestinationRecord> {
    const found = (await this.destinations()).find((one) => one.name === name);
    if (!found) throw new Error(`the relay has no destination ${name}`);
    return found;
  }

  pause(name = 'default'): Promise<DestinationRecord> {
    return answerOf(this.#calls.POST('/api/destinations/{name}/pause', { params: { path: { name } } }));
  }

  resume(name = 'default'): Promise<DestinationRecord> {
    return answerOf(this.#calls.POST('/api/destinations/{name}/resume', { params: { path: { name } } }));
  }

  checkKey(name: string): Promise<KeyCheck> {
    return answerOf(this.#calls.POST('/api/destinations/{name}/check', { params: { path: { name } } }));
  }

  settings(): Promise<EffectiveSettings> {
    return answerOf(this.#calls.GET('/api/settings'));
  }

  async deadLetters(): Promise<readonly DeadLetterGroup[]> {
    return (await answerOf(this.#calls.GET('/api/dead-letters'))).groups;
  }

  eventNames(destination?: string): Promise<EventNames> {
    const query = destination === undefined ? {} : { destination };
    return answerOf(this.#calls.GET('/api/event-names', { params: { query } }));
  }

  /** Resolves with how many of them are known. */
  async markEventNames(mark: MarkCall): Promise<number> {
    return (await answerOf(this.#calls.POST('/api/event-names/mark', { body: mark }))).marked;
  }

  async countDeadLetters(filter: DeadLetterFilter): Promise<number> {
    return (await answerOf(this.#calls.POST('/api/dead-letters/count', { body: filter }))).count;
  }

  /** Resolves with how many were taken up again. */
  async replay(filter: DeadLetterFilter): Promise<number> {
    return (await answerOf(this.#calls.POST('/api/dead-letters/replay', { body: filter }))).replayed;
  }

  /** Resolves with how many events were erased. */
  async erase(user: EraseCall): Promise<number> {
    return (await answerOf(this.#calls.POST('/api/users/erase', { body: user }))).erased;
  }

  /** Whatever body it has, and whatever is answered. */
  post(path: string, body: unknown): Promise<Response> {
    return this.call(path, { method: 'POST', ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  }

  call(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.url()}${path}`, { ...init, headers: BEARER });
  }

  get #calls(): Client<paths> {
    return createClient<paths>({ baseUrl: this.url(), headers: BEARER });
  }
}

const BEARER = { authorization: `Bearer ${ADMIN_TOKEN}` };

async function answerOf<Answer>(
  call: Promise<{ readonly data?: Answer; readonly error?: unknown; readonly response: Response }>,
): Promise<Answer> {
  const { data, error, response } = await call;
  if (response.status === 200 && data !== undefined) return data;
  throw new Error(`${new URL(response.url).pathname} answered ${response.status}: ${JSON.stringify(error)}`);
}
