import type { RecordedRequest, Sandbox } from '@segment-userleap/userleap-sandbox';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ADMIN_TOKEN, AdminApi, ownStore, startRelay, until } from '@segment-userleap/relay-driver';
import type { EventRecord, OwnStore, RelayProcess } from '@segment-userleap/relay-driver';
import { settingsOf, startScriptedSandbox } from './scripted-sandbox';
import type { Vector } from './vector';

/** One running relay that plays many vectors: each is a destination of its own, with its own settings and sandbox. */
export class RelayHost {
  private readonly admin = new AdminApi(() => this.relay.url);
  /** Why a vector could not be handed over. */
  private readonly failures = new Map<Vector, unknown>();
  /** How many requests there were before a vector's events were handed over. */
  private readonly earlier = new Map<Vector, number>();

  private constructor(
    private readonly relay: RelayProcess,
    private readonly sandboxes: ReadonlyMap<Vector, Sandbox>,
    private readonly names: ReadonlyMap<Vector, string>,
    private readonly folder: string,
    private readonly store: OwnStore,
  ) {}

  static async start(vectors: readonly Vector[]): Promise<RelayHost> {
    const [hold = '0', ...others] = new Set(vectors.map((vector) => vector.hold));
    if (others.length > 0) throw new Error('vectors that a relay plays are held for the same time');
    const folder = mkdtempSync(join(tmpdir(), 'contract-tests-'));
    const sandboxes = new Map<Vector, Sandbox>();
    for (const vector of vectors) sandboxes.set(vector, await startScriptedSandbox(vector));
    const names = new Map(vectors.map((vector, index) => [vector, `vector-${index}`]));
    const destinations = [...sandboxes].map(([vector, sandbox]) => {
      const name = names.get(vector);
      const { monthlyUsers } = vector;
      return { name, writeKeys: [`key-of-${name ?? ''}`], monthlyUsers, settings: settingsOf(vector, sandbox) };
    });
    const file = join(folder, 'destinations.json');
    writeFileSync(file, JSON.stringify(destinations));
    const store = ownStore();
    try {
      const relay = await startRelay(
        { RELAY_DESTINATIONS: file, RELAY_ADMIN_TOKEN: ADMIN_TOKEN, RELAY_ANONYMOUS_HOLD: hold, ...store.env },
        { frozenClock: true },
      );
      return new RelayHost(relay, sandboxes, names, folder, store);
    } catch (error) {
      // What is open would keep the tests from their end.
      await Promise.all([...sandboxes.values()].map((sandbox) => sandbox.close()));
      throw error;
    }
  }

  /**
   * Hands over the events of every vector, each in one call, and only then asks what became of them: the relay has them all
   * at once, as it has those of several destinations. Vectors share one clock.
   */
  async playAll(): Promise<void> {
    const [now, ...others] = new Set([...this.names.keys()].map((vector) => vector.now));
    if (now === undefined || others.length > 0) throw new Error('vectors that a relay plays share one time');
    const vectors = [...this.names.keys()];
    const times = vectors.flatMap(({ earlier = [] }) => earlier.map((batch) => batch.now));
    // Time goes on for all of them: it never goes back.
    for (const time of [...new Set(times)].sort()) {
      await this.relay.setClock(Date.parse(time));
      for (const vector of vectors) await this.try(vector, () => this.playEarlier(vector, time));
    }
    await this.relay.setClock(Date.parse(now));
    for (const vector of vectors) await this.try(vector, () => this.play(vector));
  }

  /** What came of a vector, once each of its events has its end, or was tried once and waits. */
  async result(vector: Vector): Promise<{ requests: readonly RecordedRequest[]; events: readonly EventRecord[] }> {
    if (this.failures.has(vector)) throw this.failures.get(vector);
    const { before = [], events } = vector;
    const first = countEarlier(vector) + before.length;
    const records = await this.untilTried(vector, first + events.length);
    return { events: records.slice(first), requests: this.requests(vector).slice(this.earlier.get(vector)) };
  }

  output(): string {
    return this.relay.output();
  }

  async stop(): Promise<void> {
    await this.relay.end('SIGTERM');
    for (const sandbox of this.sandboxes.values()) await sandbox.close();
    await this.store.remove();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async try(vector: Vector, work: () => Promise<void>): Promise<void> {
    if (!this.failures.has(vector)) await work().catch((error: unknown) => this.failures.set(vector, error));
  }

  private async playEarlier(vector: Vector, time: string): Promise<void> {
    for (const { now, events } of vector.earlier ?? []) {
      if (now !== time) continue;
      await this.handOver(vector, events);
      await this.untilTried(vector, countEarlier(vector, time));
    }
  }

  private async play(vector: Vector): Promise<void> {
    const { before = [], events } = vector;
    if (before.length > 0) {
      await this.handOver(vector, before);
      await this.untilTried(vector, countEarlier(vector) + before.length);
    }
    this.earlier.set(vector, this.requests(vector).length);
    await this.handOver(vector, events);
  }

  private requests(vector: Vector): readonly RecordedRequest[] {
    return this.sandboxes.get(vector)?.requests() ?? [];
  }

  /** So many events, once each of them has its end, or was tried once and waits. */
  private untilTried(vector: Vector, count: number): Promise<readonly EventRecord[]> {
    return until(`what became of ${vector.name}`, async () => {
      const records = await this.listEvents(this.names.get(vector) ?? '');
      const isDone = records.every(({ state, attempts }) => state !== 'pending' || attempts > 0);
      return isDone && records.length === count ? records : undefined;
    });
  }

  private async handOver(vector: Vector, events: readonly unknown[]): Promise<void> {
    const name = this.names.get(vector) ?? '';
    const isTracked = vector.door === 'tracking';
    const response = await fetch(`${this.relay.url}${isTracked ? '/v1/batch' : `/webhooks/segment/${name}`}`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`key-of-${name}:`)}` },
      body: JSON.stringify(isTracked ? { batch: events } : events),
    });
    if (response.status !== 200) throw new Error(`the relay answered ${response.status}: ${await response.text()}`);
  }

  private async listEvents(destination: string): Promise<readonly EventRecord[]> {
    // Newest first → in order of the batch.
    return [...(await this.admin.events({ destination }))].reverse();
  }
}

/** How many events there were before `before`, or up to a time, with those of that time. */
function countEarlier({ earlier = [] }: Vector, until = '9'): number {
  return earlier.reduce((sum, { now, events }) => (now <= until ? sum + events.length : sum), 0);
}
