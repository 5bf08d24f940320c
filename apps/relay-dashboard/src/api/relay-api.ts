import createClient from 'openapi-fetch';
import type { Client } from 'openapi-fetch';
import type { EventFilter } from '../route/event-filter';
import type { LaneFilter } from '../route/lane-filter';
import type { DeadLetterFilter, paths, ReplayCall, SessionCall } from './admin-api';
import { CallError } from './call-error';
import { pathTo } from './path-to';
import type { FunctionSetting } from './function-setting';
import type { HttpCalls } from './http-calls';

// Its calls begin with a slash themselves.
const ROOT = `${location.origin}${pathTo('').replace(/\/$/, '')}`;

export type FlowRange = NonNullable<NonNullable<paths['/api/overview/flow']['get']['parameters']['query']>['range']>;

/** Every call that the dashboard makes. Rejects with `CallError`. */
export class RelayApi {
  readonly #calls: Client<paths>;

  constructor(private readonly http: HttpCalls) {
    this.#calls = createClient<paths>({ fetch: http.fetch, baseUrl: ROOT });
  }

  session() {
    return answerOf(this.#calls.GET('/api/session'));
  }

  signIn(proof: SessionCall) {
    return answerOf(this.#calls.POST('/api/session', { body: proof }));
  }

  signOut() {
    return answerOf(this.#calls.DELETE('/api/session'));
  }

  about() {
    return answerOf(this.#calls.GET('/api/about'));
  }

  flow(range: FlowRange, destination: string | undefined) {
    const query = { range, ...(destination === undefined ? {} : { destination }) };
    return answerOf(this.#calls.GET('/api/overview/flow', { params: { query } }));
  }

  overview() {
    return answerOf(this.#calls.GET('/api/overview'));
  }

  events(filter: EventFilter, limit: number) {
    return answerOf(this.#calls.GET('/api/events', { params: { query: { ...filter, limit } } }));
  }

  event(id: number) {
    return answerOf(this.#calls.GET('/api/events/{id}', { params: { path: { id } } }));
  }

  lanes(filter: LaneFilter, limit: number) {
    return answerOf(this.#calls.GET('/api/lanes', { params: { query: { ...filter, limit } } }));
  }

  pause(name: string) {
    return answerOf(this.#calls.POST('/api/destinations/{name}/pause', { params: { path: { name } } }));
  }

  resume(name: string) {
    return answerOf(this.#calls.POST('/api/destinations/{name}/resume', { params: { path: { name } } }));
  }

  checkKey(name: string) {
    return answerOf(this.#calls.POST('/api/destinations/{name}/check', { params: { path: { name } } }));
  }

  settings() {
    return answerOf(this.#calls.GET('/api/settings'));
  }

  move(name: string, to: string) {
    const params = { path: { name } };
    return answerOf(this.#calls.POST('/api/destinations/{name}/move', { params, body: { to } }));
  }

  end(name: string) {
    return answerOf(this.#calls.POST('/api/destinations/{name}/end', { params: { path: { name } } }));
  }

  deadLetters() {
    return answerOf(this.#calls.GET('/api/dead-letters'));
  }

  eventNames(destination: string, limit: number) {
    return answerOf(this.#calls.GET('/api/event-names', { params: { query: { destination, limit } } }));
  }

  markEventNames(destination: string, names: readonly string[], setUp: boolean) {
    return answerOf(this.#calls.POST('/api/event-names/mark', { body: { destination, names: [...names], setUp } }));
  }

  usage(destination: string, month: string | undefined) {
    const query = { destination, ...(month === undefined ? {} : { month }) };
    return answerOf(this.#calls.GET('/api/usage', { params: { query } }));
  }

  countDeadLetters(filter: DeadLetterFilter) {
    return answerOf(this.#calls.POST('/api/dead-letters/count', { body: filter }));
  }

  replayDeadLetters(filter: DeadLetterFilter) {
    return answerOf(this.#calls.POST('/api/dead-letters/replay', { body: filter }));
  }

  countEvents(call: ReplayCall) {
    return answerOf(this.#calls.POST('/api/events/count', { body: call }));
  }

  replayEvents(call: ReplayCall) {
    return answerOf(this.#calls.POST('/api/events/replay', { body: call }));
  }

  dismissDeadLetters(filter: DeadLetterFilter) {
    return answerOf(this.#calls.POST('/api/dead-letters/dismiss', { body: filter }));
  }

  eraseUser(userId: string, destination: string | undefined) {
    const body = { userId, ...(destination === undefined ? {} : { destination }) };
    return answerOf(this.#calls.POST('/api/users/erase', { body }));
  }

  // Files beside the API.

  async functionCode(): Promise<string> {
    return (await this.http.fetch(new Request(pathTo('function/userleap.js')))).text();
  }

  functionSettings() {
    const read = async (): Promise<{ data: readonly FunctionSetting[] }> => {
      const response = await this.http.fetch(new Request(pathTo('function/settings.json')));
      return { data: (await response.json()) as readonly FunctionSetting[] };
    };
    return answerOf(read());
  }
}

async function answerOf<Answer>(call: Promise<{ readonly data?: Answer }>): Promise<Answer> {
  try {
    const { data } = await call;
    if (data !== undefined) return data;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new CallError(null, 'The answer is no JSON: is there something between this page and the relay?');
}
