import { Engine, USERS } from '../../test/engine';
import { StallWatch } from './stall-watch';

const MINUTE = 60_000;

describe(StallWatch.name, () => {
  let engine: Engine;
  let watch: StallWatch;
  let lease: Engine['outbox']['lease'];
  beforeEach(async () => {
    engine = await Engine.open('10/60s');
    const { outbox, clock } = engine;
    lease = outbox.lease.bind(outbox);
    watch = new StallWatch(outbox, clock, { list: () => [engine.delivery] });
    watch.onApplicationBootstrap();
  });
  afterEach(async () => {
    await watch.beforeApplicationShutdown();
    await engine.close();
  });

  const standStill = (): void => {
    engine.outbox.lease = async () => ({ kind: 'idle', until: undefined });
  };
  const stalled = (): number => watch.stalledMs('here');

  it('tells nothing of a destination where nothing waits, nor of one that is busy', async () => {
    await engine.clock.advance(3 * MINUTE);
    expect(stalled()).toBe(0);
    await engine.identify(...USERS);
    for (let tenths = 0; tenths < 12; tenths += 1) {
      await engine.clock.advance(10_000);
      expect(stalled()).toBe(0);
    }
  });

  it('tells after a minute that something is ready, and goes on standing still', async () => {
    standStill();
    await engine.identify('anna');
    await engine.clock.advance(MINUTE);
    expect(stalled()).toBe(0);
    await engine.clock.advance(MINUTE);
    expect(stalled()).toBeGreaterThanOrEqual(MINUTE);
    engine.outbox.lease = lease;
    engine.delivery.wake();
    await engine.allDelivered();
    await engine.clock.advance(11_000);
    expect(stalled()).toBe(0);
  });

  it('tells nothing while the next request has to wait for its place', async () => {
    const { budgetNow } = engine.clock;
    engine.outbox.budgetUse = async () => ({ used: 9, blockedUntil: 0, nextAt: budgetNow.call(engine.clock) + MINUTE });
    standStill();
    await engine.identify('anna');
    await engine.clock.advance(3 * MINUTE);
    expect(stalled()).toBe(0);
  });

  it('tells nothing while another process sends', async () => {
    const { outbox } = engine;
    outbox.hasRequestedSince = async () => true;
    standStill();
    await engine.identify('anna');
    await engine.clock.advance(3 * MINUTE);
    expect(stalled()).toBe(0);
  });

  it('tells nothing while the budget is blocked or a person has paused', async () => {
    await engine.outbox.block(engine.destination.budget, engine.clock.budgetNow() + 3 * MINUTE);
    await engine.identify('anna');
    await engine.clock.advance(2 * MINUTE);
    expect(stalled()).toBe(0);
    await engine.delivery.pauses.pauseByHand();
    await engine.clock.advance(3 * MINUTE);
    expect(stalled()).toBe(0);
  });
});
