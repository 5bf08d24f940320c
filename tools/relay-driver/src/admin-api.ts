/** The token that the tests' relays are started with. */
export const ADMIN_TOKEN = 'contract-tests-admin';

/** What the relay says of an event. Times are ISO-8601. */
export interface EventRecord {
  readonly id: number;
  readonly destination: string;
  readonly messageId: string;
  readonly type: string;
  readonly userId: string | null;
  readonly state: string;
  readonly reason: string | null;
  readonly message: string | null;
  readonly attempts: number;
  readonly history: readonly {
    readonly reason: string;
    readonly message: string;
    readonly times: number;
    readonly firstAt: string;
    readonly lastAt: string;
  }[];
  readonly acceptedAt: string;
  readonly settledAt: string | null;
}

/** How the relay says a destination is doing. Times are ISO-8601. */
export interface DestinationRecord {
  readonly name: string;
  readonly state: string;
  readonly pausedBy: string | null;
  readonly reason: string | null;
  readonly pausedAt: string | null;
  readonly nextProbeAt: string | null;
  readonly pending: number;
  readonly budget: {
    readonly requests: number;
    readonly windowSeconds: number;
    readonly used: number;
    readonly blockedUntil: string | null;
  };
}

/** A client of the relay's admin API. The address is asked for at every call: a relay that starts anew has a new one. */
export class AdminApi {
  constructor(private readonly url: () => string) {}

  /** Newest first. */
  async events(filter: Readonly<Record<string, string>> = {}): Promise<readonly EventRecord[]> {
    const query = new URLSearchParams({ limit: '1000', ...filter });
    const { events } = (await this.get(`/api/events?${query}`)) as { events: EventRecord[] };
    return events;
  }

  async destination(name = 'default'): Promise<DestinationRecord> {
    const { destinations } = (await this.get('/api/destinations')) as { destinations: DestinationRecord[] };
    const found = destinations.find((one) => one.name === name);
    if (!found) throw new Error(`the relay has no destination ${name}`);
    return found;
  }

  replay(filter: unknown): Promise<Response> {
    return this.post('/api/dead-letters/replay', filter);
  }

  post(path: string, body?: unknown): Promise<Response> {
    return this.call(path, { method: 'POST', ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  }

  /** What is answered with 200. */
  async get(path: string): Promise<unknown> {
    const response = await this.call(path, {});
    if (response.status !== 200) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return response.json();
  }

  call(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.url()}${path}`, { ...init, headers: { authorization: `Bearer ${ADMIN_TOKEN}` } });
  }
}
