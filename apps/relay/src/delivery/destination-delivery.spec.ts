import { Engine, USERS } from '../../test/engine';
import { replyWith } from '../../test/stub-client';
import { DestinationDelivery } from './destination-delivery';

describe(DestinationDelivery.name, () => {
  let engine: Engine;
  beforeEach(async () => {
    engine = await Engine.open();
  });
  afterEach(() => engine.close());

  it('has eight turns in flight at most where the plan needs no more, and no lane twice', async () => {
    await engine.identify(...USERS);
    await engine.sentAfter(8);
    await engine.identify(...USERS, ...USERS);
    await engine.allDelivered();
    expect(engine.client.mostInFlight).toBe(8);
    expect(engine.client.mostOfOneUser).toBe(1);
  });

  it('has more of them in flight where the plan is larger, as soon as it knows how long an answer takes', async () => {
    await engine.close();
    engine = await Engine.open('10000/10s');
    await engine.identify(...Array.from({ length: 600 }, (_, index) => `user-${index}`));
    await engine.allDelivered();
    // A request a millisecond, a tenth of a second each, half as many again, and something for what lies between two of them.
    expect(engine.client.mostInFlight).toBe(225);
    expect(engine.client.mostOfOneUser).toBe(1);
    expect(engine.clock.elapsed()).toBeLessThan(1_000);
  });

  it('has no more turns in flight than 16 MB can hold, with one of any size', async () => {
    await engine.identifyLarge(2.5 * 1024 * 1024, ...USERS.slice(0, 8));
    await engine.allDelivered();
    expect(engine.client.mostInFlight).toBe(5);
    expect(engine.client.sent).toHaveLength(8);
  });

  it('sends the oldest lane first, and what waits in a lane together', async () => {
    await engine.identify('anna', 'bert', 'anna', 'cleo', 'bert');
    await engine.allDelivered();
    expect(engine.client.sent.map(({ userId }) => userId)).toEqual(['anna', 'bert', 'cleo']);
  });

  it('has one purge in flight at a time: deletes that come meanwhile share the next', async () => {
    await engine.delete('anna');
    await engine.sentAfter(1);
    await engine.delete('bert');
    await engine.delete('cleo');
    await engine.allDelivered();
    expect(engine.client.sent.map(({ kind }) => kind)).toEqual(['purge', 'purge']);
    expect(engine.client.mostInFlight).toBe(1);
  });

  it('sends within a second of places becoming free what was planned for later', async () => {
    await engine.close();
    engine = await Engine.open('100/300s');
    const start = engine.clock.budgetNow();
    await engine.identify(...Array.from({ length: 60 }, (_, index) => `early-${index}`));
    await engine.allDelivered();
    // Half of the places are free again half a second later, sooner than the even share of 3 s.
    await engine.clock.advance(start + 300_500 - engine.clock.budgetNow());
    await engine.identify(...Array.from({ length: 4 }, (_, index) => `late-${index}`));
    await engine.allDelivered();
    expect((engine.client.sent.at(-1)?.sentAt ?? NaN) - start).toBeLessThan(302_000);
  });

  describe('a destination that takes no more for now', () => {
    it('gets nothing before the time that it asks for', async () => {
      engine.client.reply = replyWith(429, { 'retry-after': '60' });
      await engine.identify('anna');
      await engine.sentAfter(1);
      await engine.idle();
      const { sentAt = 0 } = engine.client.sent[0] ?? {};
      const { blockedUntil } = await engine.outbox.budgetUse(engine.destination.budget, engine.clock.now());
      expect(blockedUntil).toBe(sentAt + 60_100);
      engine.client.reply = replyWith(202);
      await engine.identify('bert');
      await engine.allDelivered();
      expect(engine.gapsOf(0)[0]).toBeGreaterThanOrEqual(60_000);
      expect(engine.delivery.pauses.byRelay).toBeUndefined();
    });

    it('gets nothing before that time, either, where it is unavailable, from no other user', async () => {
      engine.client.reply = replyWith(503, { 'retry-after': '120' });
      await engine.identify('anna');
      await engine.sentAfter(1);
      await engine.idle();
      await engine.identify('bert');
      await engine.sentAfter(2);
      expect(engine.gapsOf(0)[0]).toBeGreaterThanOrEqual(120_000);
    });

    it.each(['0', 'Thu, 01 Jan 2026 00:00:00 GMT'])('gets less and less, though it asks for %s', async (retryAfter) => {
      engine.client.reply = replyWith(429, { 'retry-after': retryAfter });
      await engine.identify(...USERS);
      await engine.clock.advance(60_000);
      // Eight are under way at a time: at once, after 2 s, 4 s, 8 s, 16 s.
      expect(engine.client.sent.length).toBeLessThanOrEqual(5 * 8);
    });

    it('gets less and less where it names no time', async () => {
      engine.client.reply = replyWith(429);
      await engine.identify('anna');
      await engine.sentAfter(4);
      const gaps = engine.gapsOf(0);
      expect(gaps).toEqual([...gaps].sort((a, b) => a - b));
      expect(gaps[2]).toBeGreaterThanOrEqual(2 * (gaps[0] ?? Infinity));
    });
  });

  describe('a clock that is set', () => {
    const MINUTE = 60_000;
    const HOUR = 60 * MINUTE;

    it.each([-HOUR, -MINUTE, HOUR])('by %i ms costs not a second of delivery', async (byMs) => {
      await engine.identify('anna');
      await engine.allDelivered();
      engine.clock.set(byMs);
      const start = engine.clock.elapsed();
      await engine.identify('bert');
      await engine.allDelivered();
      expect(engine.clock.elapsed() - start).toBeLessThan(1_000);
    });

    it.each([-HOUR, -MINUTE, HOUR])('by %i ms makes no request go sooner or later under load', async (byMs) => {
      await engine.close();
      engine = await Engine.open('20/10s');
      await engine.identify(...Array.from({ length: 70 }, (_, index) => `user-${index}`));
      await engine.sentAfter(40);
      engine.clock.set(byMs);
      await engine.sentAfter(60);
      const times = engine.client.sent.map(({ sentAt }, index) => (index < 40 ? sentAt : sentAt - byMs));
      const gaps = times.slice(39).map((time, index) => time - (times[38 + index] ?? 0));
      // Ten seconds for twenty.
      expect(Math.max(...gaps)).toBeLessThan(1_000);
      expect(Math.min(...gaps)).toBeGreaterThan(400);
    });

    it('ahead makes what backs off ready, which is noticed within a second', async () => {
      engine.client.reply = replyWith(500);
      await engine.identify('anna');
      await engine.sentAfter(6);
      await engine.idle();
      engine.clock.set(HOUR);
      const start = engine.clock.elapsed();
      await engine.sentAfter(7);
      expect(engine.clock.elapsed() - start).toBeLessThanOrEqual(1_000);
    });

    it('back while a destination is paused puts its probes off by nothing that counts', async () => {
      engine.client.reply = replyWith(401);
      await engine.identify(...USERS);
      await engine.sentAfter(10);
      await engine.idle();
      const { length } = engine.client.sent;
      engine.clock.set(-HOUR);
      engine.client.reply = replyWith(202);
      const start = engine.clock.elapsed();
      await engine.sentAfter(length + 1);
      expect(engine.clock.elapsed() - start).toBeLessThan(10_000);
      await engine.clock.until(() => engine.delivery.pauses.byRelay === undefined);
    });
  });

  describe('a store that fails', () => {
    /** The call, failing so many times at first. */
    function failing<A, R>(call: (argument: A) => Promise<R>, times: number): (argument: A) => Promise<R> {
      let calls = 0;
      return (argument) => ((calls += 1) <= times ? Promise.reject(new Error('disk full')) : call(argument));
    }
    const failToSettle = (times: number): void => {
      engine.outbox.settle = failing(engine.outbox.settle.bind(engine.outbox), times);
    };

    it('keeps how a turn ended once it works again, and nothing is sent twice', async () => {
      failToSettle(3);
      await engine.identify('anna');
      await engine.sentAfter(1);
      await engine.identify('anna');
      await engine.clock.until(() => engine.storeFailures.length >= 2);
      expect(engine.client.sent).toHaveLength(1);
      await engine.allDelivered();
      expect(engine.client.sent).toHaveLength(2);
      expect(engine.storeFailures).toHaveLength(3);
    });

    it('is not asked again to keep what another relay has taken over', async () => {
      let asked = 0;
      engine.outbox.settle = async (settlements) => {
        asked += 1;
        return settlements.map(({ turn }) => turn.id);
      };
      await engine.identify('anna');
      await engine.clock.until(() => engine.lines.length > 0);
      await engine.delivery.stop();
      expect(engine.lines).toEqual(['destination here: another relay has taken over what was in flight']);
      expect([asked, engine.storeFailures]).toEqual([1, []]);
    });

    it('is asked for work again a second later', async () => {
      engine.outbox.lease = failing(engine.outbox.lease.bind(engine.outbox), 2);
      await engine.identify('anna');
      const start = engine.clock.now();
      await engine.allDelivered();
      expect(engine.client.sent).toMatchObject([{ userId: 'anna', sentAt: start + 2_000 }]);
    });

    it('does not keep the relay from stopping for ever', async () => {
      failToSettle(Infinity);
      await engine.identify('anna');
      await engine.sentAfter(1);
      let isStopped = false;
      void engine.delivery.stop().then(() => (isStopped = true));
      await engine.clock.until(() => isStopped);
      expect(await engine.pending()).toBe(1);
    });
  });

  describe('stop', () => {
    it('lets what is in flight end and be kept, and begins nothing', async () => {
      await engine.identify(...USERS);
      await engine.sentAfter(8);
      let isStopped = false;
      void engine.delivery.stop().then(() => (isStopped = true));
      await engine.clock.until(() => isStopped);
      expect(engine.client.inFlight).toBe(0);
      expect(await engine.pending()).toBe(12);
      await engine.identify('late');
      await engine.clock.advance(3_600_000);
      expect(engine.client.sent).toHaveLength(8);
    });

    it('is done at once where nothing is in flight', async () => {
      await engine.delivery.stop();
      await engine.identify('late');
      await engine.clock.advance(3_600_000);
      expect(engine.client.sent).toEqual([]);
    });
  });

  it('does not send in a place that was left unused for too long', async () => {
    const lease = engine.outbox.lease.bind(engine.outbox);
    let isStopped = true;
    engine.outbox.lease = async (call) => {
      const leased = await lease(call);
      if (leased.kind === 'turns' && isStopped) engine.clock.skip(60_000);
      isStopped = false;
      return leased;
    };
    await engine.identify('anna');
    await engine.allDelivered();
    expect(engine.client.sent).toHaveLength(1);
    const [event] = await engine.outbox.listEvents({ limit: 1 });
    expect(event).toMatchObject({ attempts: 2, history: [expect.objectContaining({ reason: 'out_of_time' })] });
  });
});
