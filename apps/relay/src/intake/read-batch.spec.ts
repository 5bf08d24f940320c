import { readBatch as readLimited } from './read-batch';

const MAX_SHARED = 64 * 1024;
const readBatch = (body: unknown): ReturnType<typeof readLimited> => readLimited(body, MAX_SHARED);

/** Its events, each with what the batch says for all. */
function eventsOf(body: unknown): readonly unknown[] {
  const batch = readBatch(body);
  return batch.events.map((event) => batch.share(event));
}

describe(readLimited.name, () => {
  it('gives every event what the batch says for all', () => {
    const batch = [{ userId: 'a' }, { userId: 'b', context: { ip: '2' }, integrations: { All: true } }];
    const body = { batch, context: { ip: '1', locale: 'sv' }, integrations: { All: false }, sentAt: 'then' };
    expect(eventsOf(body)).toEqual([
      { userId: 'a', context: { ip: '1', locale: 'sv' }, integrations: { All: false } },
      { userId: 'b', context: { ip: '2', locale: 'sv' }, integrations: { All: true } },
    ]);
    expect(readBatch(body)).toMatchObject({ sentAt: 'then', events: batch });
  });

  it('leaves what is wrong with an event for its own refusal', () => {
    const batch = [null, 'text', { context: 'text' }, { context: [] }];
    expect(eventsOf({ batch, context: { ip: '1' } })).toEqual([
      null,
      'text',
      { context: 'text' },
      { context: { ip: '1' } },
    ]);
  });

  it.each([null, [], undefined])('takes %j for nothing', (context) => {
    expect(eventsOf({ batch: [{ userId: 'a' }], context })).toEqual([{ userId: 'a' }]);
  });

  it.each([
    [{}],
    [{ context: null, integrations: [] }],
    [{ context: { ip: '9', page: { url: 'own' }, extra: [1] } }],
    [{ context: { page: 'text', deep: { a: { b: { c: { d: 'own' } } } } }, integrations: { All: true } }],
    [{ context: { deep: { a: 1 }, ['é']: { more: {} } } }],
  ])('tells how much longer that makes an event: %j', (event) => {
    const context = {
      ip: '1',
      page: { url: 'é'.repeat(50), title: 't' },
      deep: { a: { b: { c: { d: 'x' } } } },
      é: {},
    };
    const batch = readBatch({ batch: [event], context, integrations: { All: false, Sprig: { a: 1 } } });
    const longer = length(batch.share(event)) - length(event);
    // But for the names of the fields themselves, and a comma here and there.
    expect(Math.abs(batch.bytesShared(event) - longer)).toBeLessThan(40);
  });

  it('merges nothing unless it is asked to', () => {
    const context = { text: 'x'.repeat(400_000) };
    const batch = readBatch({ batch: Array(1_000).fill({ userId: 'a' }), context });
    expect(batch.events[0]).toEqual({ userId: 'a' });
    expect(batch.bytesShared(batch.events[0])).toBeGreaterThan(400_000);
    expect(batch.bytesShared({ context: { text: 'short' } })).toBeLessThan(10);
  });

  it('counts for all together only where an event is not refused for it alone', () => {
    const [own, shared] = ['x'.repeat(60_000), 'x'.repeat(60_000)];
    const few = Array(270).fill({});
    expect(readBatch({ batch: few, context: { text: shared } }).events).toHaveLength(270);
    const overwritten = Array(300).fill({ context: { text: own } });
    expect(readBatch({ batch: overwritten, context: { text: shared } }).events).toHaveLength(300);
    expect(readBatch({ batch: Array(300).fill({}), context: { text: 'x'.repeat(70_000) } }).events).toHaveLength(300);
  });

  it.each([null, 'text', [], { context: 'text' }])('adds nothing to %j', (event) => {
    expect(readBatch({ batch: [event], context: { ip: '1' } }).bytesShared(event)).toBe(0);
  });

  it.each([
    [{}, 'batch: expected a list of events, got nothing'],
    [[], 'batch: expected a list of events, got nothing'],
    [{ batch: {} }, 'batch: expected a list of events, got an object'],
    [{ batch: Array(2501).fill(null) }, 'batch: expected at most 2500 events'],
    [
      { batch: Array(300).fill({}), context: { text: 'x'.repeat(60_000) } },
      'batch: expected at most 16 MB of context and integrations, counted once for each event',
    ],
    [{ batch: [], context: 'text' }, 'context: expected an object, got a string'],
    [{ batch: [], integrations: [1] }, 'integrations: expected an object, got an array'],
  ])('refuses %#', (body, message) => {
    expect(() => readBatch(body)).toThrow(message);
  });
});

function length(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
