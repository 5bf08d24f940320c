import { VirtualClock } from '../../test/virtual-clock';
import type { OutboxPort } from '../outbox/port/outbox.port';
import type { StorageAlarm } from '../outbox/storage-alarm';
import { Changes } from './changes';
import type { EventStream } from './event-stream';
import { LiveUpdates } from './live-updates';
import type { OverviewService } from './overview.service';

/** A page that listens: what it was sent, by kind. */
class StubStream {
  readonly sent: string[] = [];
  end: () => void = () => undefined;

  onEnd(callback: () => void): void {
    this.end = callback;
  }

  send(text: string): void {
    this.sent.push(text);
  }

  count(kind: string): number {
    return this.sent.filter((text) => text.startsWith(kind)).length;
  }
}

describe(LiveUpdates.name, () => {
  let clock: VirtualClock;
  let changes: Changes;
  let updates: LiveUpdates;
  let newest: number;
  let looks: number;
  let read: () => Promise<object>;

  beforeEach(() => {
    clock = new VirtualClock();
    changes = new Changes();
    newest = 7;
    looks = 0;
    read = async () => ({ pending: 1 });
    const listEvents = async ({ limit }: { limit: number }) => {
      looks += 1;
      return Array.from({ length: Math.min(limit, newest) }, (_, at) => ({ id: newest - at }));
    };
    const overview = { read: () => read() } as unknown as OverviewService;
    const alarm = { failed: () => undefined } as unknown as StorageAlarm;
    updates = new LiveUpdates({ listEvents } as unknown as OutboxPort, clock, overview, alarm, changes);
  });

  const join = async (): Promise<StubStream> => {
    const stream = new StubStream();
    await updates.join(() => stream as unknown as EventStream);
    return stream;
  };

  it('sends an overview at once', async () => {
    expect((await join()).sent).toEqual(['event: overview\ndata: {"pending":1}\n\n']);
  });

  it('sends at most one update a second, with every id that changed meanwhile', async () => {
    const stream = await join();
    for (let round = 0; round < 50; round += 1) {
      newest += 1;
      changes.steered([round + 1]);
      await clock.advance(100);
    }
    expect(stream.count('event: overview')).toBeLessThanOrEqual(1 + 6);
    await clock.advance(1_000);
    const ids = stream.sent.flatMap((text) => /"ids":\[([\d,]+)\]/.exec(text)?.[1]?.split(',') ?? []);
    expect(new Set(ids.map(Number))).toEqual(new Set(Array.from({ length: 57 }, (_, at) => at + 1)));
  });

  it('names at most a hundred events at a time', async () => {
    const stream = await join();
    changes.steered(Array.from({ length: 500 }, (_, at) => at));
    await clock.advance(1_000);
    expect((/"ids":\[(.*)\]/.exec(stream.sent.at(-1) ?? '')?.[1] ?? '').split(',')).toHaveLength(100);
  });

  it('says nothing where nothing changes, but that it is there', async () => {
    const stream = await join();
    await clock.advance(60_000);
    expect([stream.count('event:'), stream.count(':\n')]).toEqual([1, 4]);
  });

  it('does not look at the store for nobody', async () => {
    const stream = await join();
    stream.end();
    looks = 0;
    changes.steered([1]);
    await clock.advance(60_000);
    expect([looks, stream.count(':\n')]).toEqual([0, 0]);
  });

  it('goes on after a look that failed', async () => {
    const stream = await join();
    const works = read;
    read = () => Promise.reject(new Error('disk full'));
    changes.steered([1]);
    await clock.advance(1_000);
    read = works;
    changes.steered([1]);
    await clock.advance(1_000);
    expect(stream.count('event: overview')).toBe(2);
  });

  it('takes fifty pages, and another where one has gone', async () => {
    const streams = await Promise.all(Array.from({ length: 50 }, join));
    await expect(join()).rejects.toMatchObject({ status: 503 });
    streams[10]?.end();
    await expect(join()).resolves.toBeDefined();
  });
});
