import { Engine } from '../../test/engine';
import { track } from '../../test/outbox-suite/sample-events';
import { silentObserver } from '../../test/silent-observer';
import { replyWith } from '../../test/stub-client';
import { Housekeeping } from './housekeeping';

const HORIZON_MS = 10 * 60_000;
const DAY_MS = 86_400_000;
const FEW = ['anna', 'bert', 'cleo'];
// More than the rate limit lets go before the next look at what is too old.
const MANY = Array.from({ length: 100 }, (_, index) => `user-${index}`);

// Each of many turns is on disk before the next.
jest.setTimeout(180_000);

describe('the retry horizon', () => {
  let engine: Engine;
  let housekeeping: Housekeeping;
  beforeEach(async () => {
    engine = await Engine.open(`${MANY.length}/300s`, HORIZON_MS / 1000);
    const config = {
      destinations: [engine.destination],
      retryHorizonMs: HORIZON_MS,
      retentionMs: DAY_MS,
      deadLetterRetentionMs: DAY_MS,
      deduplicationMs: DAY_MS,
      parkedLimit: 1_000,
      anonymousHoldMs: 0,
      anonymousLimit: 1_000,
    };
    const dispatcher = { list: () => [engine.delivery], lookAtPauses: async () => undefined };
    const unconfigured = { list: () => engine.outbox.listOthers(['here']) };
    const alarm = { failed: (error: unknown) => void engine.storeFailures.push(error) };
    housekeeping = new Housekeeping(
      config,
      engine.outbox,
      engine.clock,
      engine.time,
      dispatcher,
      unconfigured,
      alarm,
      silentObserver,
    );
    housekeeping.onApplicationBootstrap();
  });
  afterEach(async () => {
    expect(engine.storeFailures).toEqual([]);
    await housekeeping.beforeApplicationShutdown();
    await engine.close();
  });

  const endings = async () => {
    const events = await engine.outbox.listEvents({ limit: 1_000 });
    const counts = new Map<string, number>();
    for (const { state, reason } of events) {
      const ending = reason === null ? state : `${state} ${reason}`;
      counts.set(ending, (counts.get(ending) ?? 0) + 1);
    }
    return Object.fromEntries(counts);
  };

  it('gives nothing up that waited for twice the horizon while the key was wrong', async () => {
    engine.client.reply = replyWith(401);
    await engine.identify(...MANY);
    await engine.clock.advance(2 * HORIZON_MS);
    expect(await engine.pending()).toBe(MANY.length);
    engine.client.reply = replyWith(202);
    await engine.allDelivered();
    expect(await endings()).toEqual({ delivered: MANY.length });
  });

  it('gives nothing up that waited for twice the horizon while a person had paused it', async () => {
    await engine.delivery.pauses.pauseByHand();
    await engine.identify(...MANY);
    await engine.clock.advance(2 * HORIZON_MS);
    await engine.delivery.pauses.resume();
    await engine.allDelivered();
    expect(await endings()).toEqual({ delivered: MANY.length });
  });

  it('gives up what has waited for the horizon besides', async () => {
    await engine.delivery.pauses.pauseByHand();
    await engine.identify('anna');
    await engine.clock.advance(2 * HORIZON_MS);
    engine.client.reply = replyWith(500);
    await engine.delivery.pauses.resume();
    await engine.clock.advance(0.9 * HORIZON_MS);
    expect(await engine.pending()).toBe(1);
    await engine.clock.advance(0.2 * HORIZON_MS);
    expect(await endings()).toEqual({ 'rejected server_error': 1 });
  });

  it('gives up after the horizon what an outage kept waiting', async () => {
    engine.client.reply = replyWith(500);
    await engine.identify(...FEW);
    await engine.clock.advance(1.1 * HORIZON_MS);
    expect(await endings()).toEqual({ 'rejected server_error': 3 });
  });

  it('keeps no pause for longer than the horizon needs it', async () => {
    await engine.delivery.pauses.pauseByHand();
    await engine.delivery.pauses.resume();
    await engine.clock.advance(0.9 * HORIZON_MS);
    expect((await engine.outbox.loadPausedTimes()).size).toBe(1);
    await engine.clock.advance(0.2 * HORIZON_MS);
    expect((await engine.outbox.loadPausedTimes()).size).toBe(0);
  });

  describe('of a destination that is not configured any more', () => {
    const accept = () => engine.outbox.accept([track('one', { destination: 'old', acceptedAt: engine.clock.now() })]);

    it('gives up what has waited for the horizon', async () => {
      await accept();
      await engine.clock.advance(0.9 * HORIZON_MS);
      expect(await endings()).toEqual({ pending: 1 });
      await engine.clock.advance(0.2 * HORIZON_MS);
      const [event] = await engine.outbox.listEvents({ limit: 1 });
      expect(event).toMatchObject({
        reason: 'out_of_time',
        message: 'given up after 600 seconds; the destination is not configured any more',
      });
    });

    it('does not count the time in which it was paused, as long as it was configured', async () => {
      await accept();
      await engine.outbox.pauseByHand('old', engine.clock.now());
      engine.clock.skip(2 * HORIZON_MS);
      await engine.clock.advance(0.9 * HORIZON_MS);
      expect(await endings()).toEqual({ pending: 1 });
      await engine.clock.advance(0.2 * HORIZON_MS);
      expect(await endings()).toEqual({ 'rejected out_of_time': 1 });
    });
  });

  describe('of users that are unknown', () => {
    beforeEach(async () => {
      engine.client.reply = replyWith(404);
      await engine.track('anna');
      await engine.sentAfter(1);
      await engine.idle();
    });

    it('gives nobody up because of the time that a person had paused the destination', async () => {
      await engine.delivery.pauses.pauseByHand();
      await engine.clock.advance(2 * HORIZON_MS);
      await engine.delivery.pauses.resume();
      await engine.sentAfter(2);
      await engine.idle();
      expect(await endings()).toEqual({ 'pending unknown_user': 1 });
      await engine.identify('anna');
      engine.client.reply = replyWith(202);
      await engine.allDelivered();
      expect(await endings()).toEqual({ delivered: 2 });
    });

    it('gives nobody up because of the time that the key was wrong, nor at the probe that ends it', async () => {
      engine.client.reply = replyWith(401);
      await engine.identify('bert');
      await engine.clock.advance(2 * HORIZON_MS);
      await engine.outbox.eraseUser({ userId: 'bert', now: engine.clock.now(), limit: 10 });
      engine.client.reply = replyWith(404);
      await engine.clock.until(() => !engine.delivery.pauses.isPaused);
      await engine.idle();
      expect(await endings()).toEqual({ 'pending unknown_user': 1, 'filtered user_deleted': 1 });
    });

    it('gives what is replayed its whole grace again', async () => {
      // The next look-up is due then.
      await engine.clock.advance(DAY_MS / 2);
      expect(await endings()).toEqual({ 'rejected unknown_user': 1 });
      const looked = engine.client.sent.length;
      const [letter] = await engine.outbox.listEvents({ limit: 1 });
      const fate = { lane: 'anna', createsUser: false, deletesUser: false, otherUser: null };
      await engine.outbox.requeue([{ id: letter?.id ?? 0, fate }], engine.clock.now());
      engine.delivery.wake();
      await engine.sentAfter(looked + 1);
      await engine.clock.advance(0.9 * HORIZON_MS);
      expect(await endings()).toEqual({ 'pending unknown_user': 1 });
      await engine.clock.advance(0.2 * HORIZON_MS);
      expect(await endings()).toEqual({ 'rejected unknown_user': 1 });
    });

    it('gives up whoever is unknown for all of the grace besides', async () => {
      await engine.delivery.pauses.pauseByHand();
      await engine.clock.advance(2 * HORIZON_MS);
      await engine.delivery.pauses.resume();
      await engine.clock.advance(1.1 * HORIZON_MS);
      expect(await endings()).toEqual({ 'rejected unknown_user': 1 });
    });
  });
});
