import { Engine } from '../../test/engine';
import { replyWith } from '../../test/stub-client';
import { LeaseLost } from '../outbox/port/outbox.port';
import type { Pause } from '../outbox/port/outbox.port';
import { DestinationDelivery } from './destination-delivery';

const USERS = Array.from({ length: 20 }, (_, index) => `user-${index}`);

describe(DestinationDelivery.name, () => {
  let engine: Engine;
  beforeEach(async () => {
    engine = await Engine.open();
  });
  afterEach(() => engine.close());

  const allDelivered = () => engine.clock.until(async () => (await engine.pending()) === 0);
  const sentAfter = (count: number) => engine.clock.until(() => engine.client.sent.length >= count);
  const idle = () => engine.clock.until(() => engine.client.inFlight === 0);
  const gapsOf = (from: number) => {
    const times = engine.client.sent.map(({ sentAt }) => sentAt).slice(from);
    return times.slice(1).map((time, index) => time - (times[index] ?? 0));
  };

  it('has eight turns in flight at most, and no lane twice', async () => {
    await engine.identify(...USERS);
    await sentAfter(8);
    await engine.identify(...USERS, ...USERS);
    await allDelivered();
    expect(engine.client.mostInFlight).toBe(8);
    expect(engine.client.mostOfOneUser).toBe(1);
  });

  it('sends the oldest lane first, and what waits in a lane together', async () => {
    await engine.identify('anna', 'bert', 'anna', 'cleo', 'bert');
    await allDelivered();
    expect(engine.client.sent.map(({ userId }) => userId)).toEqual(['anna', 'bert', 'cleo']);
  });

  it('has one purge in flight at a time: deletes that come meanwhile share the next', async () => {
    await engine.delete('anna');
    await sentAfter(1);
    await engine.delete('bert');
    await engine.delete('cleo');
    await allDelivered();
    expect(engine.client.sent.map(({ kind }) => kind)).toEqual(['purge', 'purge']);
    expect(engine.client.mostInFlight).toBe(1);
  });

  describe('a destination whose key is refused', () => {
    beforeEach(async () => {
      engine.client.reply = replyWith(401);
      await engine.identify(...USERS);
      await engine.clock.until(() => engine.delivery.pause !== undefined);
      await idle();
    });

    it('is paused at the first answer', async () => {
      expect(engine.client.sent).toHaveLength(8);
      expect(engine.delivery.pause).toMatchObject({ reason: 'unauthorized', probes: 0 });
      expect((await engine.outbox.loadPauses()).get('here')).toEqual(engine.delivery.pause);
      expect(engine.delivery.waitsForPerson).toBe(true);
      expect(await engine.pending()).toBe(20);
    });

    it('is probed by one turn at a time, less and less often', async () => {
      engine.client.mostInFlight = 0;
      await sentAfter(13);
      expect(engine.client.mostInFlight).toBe(1);
      // A second, doubled each time, and the answer's tenth of a second.
      expect(gapsOf(8)).toEqual([2_100, 4_100, 8_100, 16_100]);
    });

    it('gets everything again with the first probe that goes well', async () => {
      await sentAfter(10);
      engine.client.reply = replyWith(202);
      engine.client.mostInFlight = 0;
      await allDelivered();
      expect(engine.delivery.pause).toBeUndefined();
      expect((await engine.outbox.loadPauses()).size).toBe(0);
      expect(engine.client.mostInFlight).toBe(8);
      expect(engine.lines.at(-1)).toBe('destination here is delivered to again');
    });

    it('is still paused after a restart', async () => {
      await engine.restart();
      engine.client.mostInFlight = 0;
      await sentAfter(10);
      expect(engine.client.mostInFlight).toBe(1);
      expect(engine.delivery.pause).toMatchObject({ reason: 'unauthorized' });
    });
  });

  describe('a destination that fails', () => {
    beforeEach(() => {
      engine.client.reply = replyWith(500);
    });

    it('is paused by five failures in a row, whichever lanes they are of', async () => {
      await engine.identify(...USERS.slice(0, 4));
      await sentAfter(4);
      await idle();
      expect(engine.delivery.pause).toBeUndefined();
      await sentAfter(5);
      await engine.clock.until(() => engine.delivery.pause !== undefined);
      expect(engine.delivery.pause).toMatchObject({ reason: 'server_error' });
      expect(engine.delivery.waitsForPerson).toBe(false);
    });

    it('delivers everything once it has recovered', async () => {
      await engine.identify(...USERS);
      await engine.clock.until(() => engine.delivery.pause !== undefined);
      await sentAfter(12);
      engine.client.reply = replyWith(202);
      await allDelivered();
      expect(engine.delivery.pause).toBeUndefined();
    });

    it('goes on where failures and answers take turns', async () => {
      await engine.identify(...USERS.slice(0, 4));
      await sentAfter(4);
      await idle();
      engine.client.reply = replyWith(202);
      await allDelivered();
      engine.client.reply = replyWith(500);
      await engine.identify(...USERS.slice(0, 4));
      await sentAfter(12);
      await idle();
      expect(engine.delivery.pause).toBeUndefined();
    });
  });

  describe('a destination that takes no more for now', () => {
    it('gets nothing before the time that it asks for', async () => {
      engine.client.reply = replyWith(429, { 'retry-after': '60' });
      await engine.identify('anna');
      await sentAfter(1);
      await idle();
      const { sentAt = 0 } = engine.client.sent[0] ?? {};
      engine.client.reply = replyWith(202);
      await engine.identify('bert');
      await allDelivered();
      expect(gapsOf(0)[0]).toBeGreaterThanOrEqual(60_000);
      const { blockedUntil } = await engine.outbox.budgetUse(engine.destination.budget, engine.clock.now());
      expect(blockedUntil).toBe(sentAt + 60_100);
      expect(engine.delivery.pause).toBeUndefined();
    });

    it('gets less and less where it names no time', async () => {
      engine.client.reply = replyWith(429);
      await engine.identify('anna');
      await sentAfter(4);
      const gaps = gapsOf(0);
      expect(gaps).toEqual([...gaps].sort((a, b) => a - b));
      expect(gaps[2]).toBeGreaterThanOrEqual(2 * (gaps[0] ?? Infinity));
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
      await sentAfter(1);
      await engine.identify('anna');
      await engine.clock.until(() => engine.storeFailures.length >= 2);
      expect(engine.client.sent).toHaveLength(1);
      await allDelivered();
      expect(engine.client.sent).toHaveLength(2);
      expect(engine.storeFailures).toHaveLength(3);
    });

    it('is not asked again to keep what another relay has taken over', async () => {
      let asked = 0;
      engine.outbox.settle = async () => {
        asked += 1;
        throw new LeaseLost('taken over');
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
      await allDelivered();
      expect(engine.client.sent).toMatchObject([{ userId: 'anna', sentAt: start + 2_000 }]);
    });

    it('does not keep the relay from stopping for ever', async () => {
      failToSettle(Infinity);
      await engine.identify('anna');
      await sentAfter(1);
      let isStopped = false;
      void engine.delivery.stop().then(() => (isStopped = true));
      await engine.clock.until(() => isStopped);
      expect(await engine.pending()).toBe(1);
    });
  });

  describe('stop', () => {
    it('lets what is in flight end and be kept, and begins nothing', async () => {
      await engine.identify(...USERS);
      await sentAfter(8);
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

  describe('a pause by hand', () => {
    beforeEach(async () => {
      await engine.identify(...USERS);
      await sentAfter(8);
      await engine.delivery.pauseByHand();
      await idle();
    });

    it('lets what is in flight end, and begins nothing more, also over a restart', async () => {
      await engine.clock.advance(60_000);
      expect(engine.client.sent).toHaveLength(8);
      const since = engine.delivery.pausedByHandAt;
      expect(since).toBeDefined();
      await engine.restart();
      await engine.clock.advance(60_000);
      expect(engine.client.sent).toHaveLength(8);
      expect(engine.delivery.pausedByHandAt).toBe(since);
      expect(engine.delivery.waitsForPerson).toBe(true);
    });

    it('ends when it is resumed, and everything is sent', async () => {
      await engine.delivery.resume();
      await allDelivered();
      expect(engine.client.sent).toHaveLength(20);
      expect((await engine.outbox.loadHandPauses()).size).toBe(0);
    });
  });

  describe('a pause that another process knows of', () => {
    const follow = (pause: Pause | undefined, changes = engine.delivery.changes) =>
      engine.delivery.follow(pause, undefined, changes);
    const paused = (probeAt: number): Pause => {
      return { reason: 'unauthorized', pausedAt: engine.clock.now(), probes: 3, probeAt };
    };

    it('holds here, too, until that one says otherwise', async () => {
      const pause = paused(engine.clock.now() + 3_600_000);
      await engine.outbox.savePause('here', pause);
      follow(pause);
      await engine.identify(...USERS);
      await engine.clock.advance(60_000);
      expect(engine.client.sent).toEqual([]);
      expect(engine.delivery.waitsForPerson).toBe(true);
      await engine.outbox.savePause('here', undefined);
      follow(undefined);
      await allDelivered();
      expect(engine.lines).toEqual([
        'destination here is paused by another relay',
        'destination here is resumed by another relay',
      ]);
    });

    it('is not probed here while it is probed there', async () => {
      const start = engine.clock.now();
      follow(paused(start));
      await engine.outbox.savePause('here', paused(start + 60_000));
      await engine.identify('anna');
      await sentAfter(1);
      expect(engine.client.sent[0]?.sentAt).toBe(start + 60_000);
    });

    it('does not undo what was changed here since then', async () => {
      const { changes } = engine.delivery;
      await engine.delivery.pauseByHand();
      follow(undefined, changes);
      expect(engine.delivery.pausedByHandAt).toBeDefined();
    });
  });

  it('does not send in a place that was left unused for too long', async () => {
    const lease = engine.outbox.lease.bind(engine.outbox);
    let isStopped = true;
    engine.outbox.lease = async (call) => {
      const leased = await lease(call);
      if (leased.kind === 'turn' && isStopped) engine.clock.skip(60_000);
      isStopped = false;
      return leased;
    };
    await engine.identify('anna');
    await allDelivered();
    expect(engine.client.sent).toHaveLength(1);
    const [event] = await engine.outbox.listEvents({ limit: 1 });
    expect(event).toMatchObject({ attempts: 2, history: [expect.objectContaining({ reason: 'out_of_time' })] });
  });

  describe('a pause of the relay, its next probe minutes away', () => {
    beforeEach(async () => {
      engine.client.reply = replyWith(401);
      await engine.identify(...USERS);
      await engine.clock.until(() => (engine.delivery.pause?.probes ?? 0) >= 8);
      await idle();
      engine.client.reply = replyWith(202);
    });

    it('ends when it is resumed by hand: all is sent at once, what had failed too', async () => {
      const before = engine.clock.now();
      await engine.delivery.resume();
      await allDelivered();
      expect(engine.clock.now() - before).toBeLessThan(5_000);
      expect(engine.delivery.pause).toBeUndefined();
      expect((await engine.outbox.loadPauses()).size).toBe(0);
    });

    it('is probed at once when there is something new to try', async () => {
      const { length } = engine.client.sent;
      const before = engine.clock.now();
      await engine.delivery.probeNow();
      await sentAfter(length + 1);
      expect(engine.clock.now() - before).toBeLessThan(1_000);
      await engine.clock.until(() => engine.delivery.pause === undefined);
    });
  });
});
