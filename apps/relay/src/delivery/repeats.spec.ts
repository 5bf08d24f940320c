import { Engine } from '../../test/engine';

const HOUR = 3_600_000;
const SECOND = 1_000;

/** One request in 100 s, and `anna` was told all that an Identify says. */
async function openTold(): Promise<Engine> {
  const engine = await Engine.open('1/100s', undefined, { unchangedMs: 24 * HOUR });
  await engine.identify('anna');
  await engine.allDelivered();
  return engine;
}

describe('an Identify that repeats what UserLeap was told', () => {
  let engine: Engine;
  beforeEach(async () => (engine = await openTold()));
  afterEach(() => engine.close());

  it('does not wait until the budget has a place', async () => {
    await engine.identify('bert', 'carl', 'anna');
    await engine.clock.advance(2 * SECOND);
    expect(await engine.pending()).toBe(2);
    expect(engine.client.sent).toHaveLength(1);
  });

  it('does not wait while events go on coming', async () => {
    await engine.identify('bert');
    await engine.clock.advance(SECOND / 2);
    await engine.identify('anna');
    for (let halfSeconds = 0; halfSeconds < 5; halfSeconds += 1) {
      await engine.identify(`later-${halfSeconds}`);
      await engine.clock.advance(SECOND / 2);
    }
    expect(await engine.pending()).toBe(6);
    expect(engine.client.sent).toHaveLength(1);
  });

  it('costs the store no transaction where there is none', async () => {
    const endRepeats = jest.spyOn(engine.outbox, 'endRepeats');
    await engine.identify('bert', 'carl');
    await engine.clock.advance(2 * SECOND);
    expect(await engine.pending()).toBe(2);
    expect(endRepeats).not.toHaveBeenCalled();
  });

  it('is found behind more lanes than are looked at together', async () => {
    await engine.identify(...Array.from({ length: 1_200 }, (_, index) => `waiting-${index}`));
    await engine.identify('anna');
    await engine.clock.advance(2 * SECOND);
    expect(await engine.pending()).toBe(1_200);
    expect(engine.client.sent).toHaveLength(1);
  });

  it('waits with an event of its user, and goes along', async () => {
    await engine.track('anna');
    await engine.identify('anna');
    await engine.clock.advance(2 * SECOND);
    expect(await engine.pending()).toBe(2);
    await engine.allDelivered();
    expect(engine.client.sent).toHaveLength(2);
  });

  it('takes no place in the budget, and gives none back', async () => {
    await engine.identify('anna', 'bert', 'carl');
    await engine.allDelivered();
    expect(engine.client.sent).toHaveLength(3);
    const gaps = engine.gapsOf(0);
    for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(100 * SECOND);
  });
});
