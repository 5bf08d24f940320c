import type { EventFilter, EventRecord } from '../../outbox/port/event-record';
import { writeEvents } from './write-events';

describe(writeEvents.name, () => {
  const total = 1_200;
  const asked: EventFilter[] = [];
  const recordOf = (id: number) => ({ id, acceptedAt: '2026-01-01T00:00:00.000Z', message: 'a, b' }) as EventRecord;
  const load = async (filter: EventFilter): Promise<readonly EventRecord[]> => {
    asked.push(filter);
    const first = filter.before ? filter.before.id - 1 : total;
    return Array.from({ length: Math.min(filter.limit, first) }, (_, index) => recordOf(first - index));
  };
  const all = async (most: number, format: 'csv' | 'jsonl' = 'jsonl') => {
    let text = '';
    for await (const part of writeEvents(load, { state: 'rejected' }, format, most)) text += part;
    return text.trimEnd().split(/\r?\n/);
  };
  beforeEach(() => {
    asked.length = 0;
  });

  it('writes every event once, page by page', async () => {
    const ids = (await all(100_000)).map((line) => (JSON.parse(line) as EventRecord).id);
    expect(ids).toEqual(Array.from({ length: total }, (_, index) => total - index));
    expect(asked.map(({ limit, state }) => [limit, state])).toEqual(Array(3).fill([500, 'rejected']));
  });

  it('ends where there are too many', async () => {
    expect(await all(700)).toHaveLength(700);
    expect(asked.map(({ limit }) => limit)).toEqual([500, 200]);
  });

  it('writes CSV under the names of its columns', async () => {
    const [names, first] = await all(1, 'csv');
    expect([names?.split(',').slice(0, 2), first]).toEqual([
      ['id', 'acceptedAt'],
      '1200,2026-01-01T00:00:00.000Z,,,,,,,,,"a, b",,',
    ]);
  });
});
