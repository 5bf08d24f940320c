import type { RecordedRequest, Sandbox } from '@segment-userleap/userleap-sandbox';
import type { AdminApi, DestinationRecord, EventQuery, EventRecord } from '@segment-userleap/relay-driver';
import { until, untilSettled } from '@segment-userleap/relay-driver';

/** One destination of a relay with several, and the UserLeap that it delivers to. */
export class TestedDestination {
  constructor(
    readonly name: string,
    readonly sandbox: Sandbox,
    private readonly admin: AdminApi,
    private readonly relayUrl: () => string,
  ) {}

  get writeKey(): string {
    return writeKeyOf(this.name);
  }

  /** Hands events over in one call, as Segment does; `writeKey` is the destination's own unless given. */
  post(events: readonly object[], writeKey = this.writeKey): Promise<Response> {
    return fetch(`${this.relayUrl()}/webhooks/segment/${this.name}`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${writeKey}:`)}` },
      body: JSON.stringify(events),
    });
  }

  /** The same, for events that are all taken. */
  async accept(events: readonly object[]): Promise<void> {
    const response = await this.post(events);
    if (response.status !== 200) throw new Error(`the relay answered ${response.status}: ${await response.text()}`);
  }

  /** Oldest first. */
  async events(query: EventQuery = {}): Promise<readonly EventRecord[]> {
    return [...(await this.admin.events({ ...query, destination: this.name }))].reverse();
  }

  record(): Promise<DestinationRecord> {
    return this.admin.destination(this.name);
  }

  /** What UserLeap got, oldest first. */
  requests(): readonly RecordedRequest[] {
    return this.sandbox.requests();
  }

  /** Resolves when the destination is paused. */
  paused(): Promise<DestinationRecord> {
    return until(`${this.name} to be paused`, async () => {
      const record = await this.record();
      return record.state === 'paused' ? record : undefined;
    });
  }

  /**
   * Resolves when it is kept that the first event was tried: a pause is known before the turns that led to it are settled.
   */
  async tried(): Promise<void> {
    await until(`an attempt at ${this.name} to be kept`, async () => (await this.events())[0]?.attempts || undefined);
  }

  /** Resolves when so many events are there and none of them waits any more. */
  settled(count: number): Promise<readonly EventRecord[]> {
    return untilSettled(count, () => this.events(), this.name);
  }
}

export function writeKeyOf(destination: string): string {
  return `write-key-of-${destination}`;
}

/** Every key begins with the same words, so that one search finds any of them. */
export function apiKeyOf(destination: string): string {
  return `${API_KEYS}${destination}`;
}

export const API_KEYS = 'api-key-of-';
