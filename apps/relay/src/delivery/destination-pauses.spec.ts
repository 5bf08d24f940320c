import { Engine, USERS } from '../../test/engine';
import { replyWith } from '../../test/stub-client';
import type { Pause } from '../outbox/port/outbox.port';
import { DestinationPauses } from './destination-pauses';

describe(DestinationPauses.name, () => {
  let engine: Engine;
  beforeEach(async () => {
    engine = await Engine.open();
  });
  afterEach(() => engine.close());

  describe('a destination whose key is refused', () => {
    beforeEach(async () => {
      engine.client.reply = replyWith(401);
      await engine.identify(...USERS);
      await engine.clock.until(() => engine.delivery.pauses.byRelay !== undefined);
      await engine.idle();
    });

    it('is paused at the first answer', async () => {
      expect(engine.client.sent).toHaveLength(8);
      expect(engine.delivery.pauses.byRelay).toMatchObject({ reason: 'unauthorized', probes: 0 });
      expect((await engine.outbox.loadPauses()).get('here')).toEqual(engine.delivery.pauses.byRelay);
      expect(engine.delivery.pauses.waitsForPerson).toBe(true);
      expect(await engine.pending()).toBe(20);
    });

    it('is probed by one turn at a time, less and less often', async () => {
      engine.client.mostInFlight = 0;
      await engine.sentAfter(13);
      expect(engine.client.mostInFlight).toBe(1);
      // A second, doubled each time, and the answer's tenth of a second.
      expect(engine.gapsOf(8)).toEqual([2_100, 4_100, 8_100, 16_100]);
    });

    it('gets everything again with the first probe that goes well', async () => {
      await engine.sentAfter(10);
      engine.client.reply = replyWith(202);
      engine.client.mostInFlight = 0;
      await engine.allDelivered();
      expect(engine.delivery.pauses.byRelay).toBeUndefined();
      expect((await engine.outbox.loadPauses()).size).toBe(0);
      expect(engine.client.mostInFlight).toBe(8);
      expect(engine.lines.at(-1)).toBe('destination here is delivered to again');
    });

    it('is still paused after a restart', async () => {
      await engine.restart();
      engine.client.mostInFlight = 0;
      await engine.sentAfter(10);
      expect(engine.client.mostInFlight).toBe(1);
      expect(engine.delivery.pauses.byRelay).toMatchObject({ reason: 'unauthorized' });
    });
  });

  describe('a destination that fails', () => {
    beforeEach(() => {
      engine.client.reply = replyWith(500);
    });

    it('is paused by failures of five different users in a row, not by those of four', async () => {
      await engine.identify(...USERS.slice(0, 4));
      await engine.sentAfter(12);
      await engine.idle();
      expect(engine.delivery.pauses.byRelay).toBeUndefined();
      await engine.identify('one more');
      await engine.clock.until(() => engine.delivery.pauses.byRelay !== undefined);
      expect(engine.delivery.pauses.byRelay).toMatchObject({ reason: 'server_error' });
      expect(engine.delivery.pauses.waitsForPerson).toBe(false);
    });

    it('delivers everything once it has recovered', async () => {
      await engine.identify(...USERS);
      await engine.clock.until(() => engine.delivery.pauses.byRelay !== undefined);
      await engine.sentAfter(12);
      engine.client.reply = replyWith(202);
      await engine.allDelivered();
      expect(engine.delivery.pauses.byRelay).toBeUndefined();
    });

    it('goes on where failures and answers take turns', async () => {
      await engine.identify(...USERS.slice(0, 4));
      await engine.sentAfter(4);
      await engine.idle();
      engine.client.reply = replyWith(202);
      await engine.allDelivered();
      engine.client.reply = replyWith(500);
      await engine.identify(...USERS.slice(0, 4));
      await engine.sentAfter(12);
      await engine.idle();
      expect(engine.delivery.pauses.byRelay).toBeUndefined();
    });
  });

  describe('a pause by hand', () => {
    beforeEach(async () => {
      await engine.identify(...USERS);
      await engine.sentAfter(8);
      await engine.delivery.pauses.pauseByHand();
      await engine.idle();
    });

    it('lets what is in flight end, and begins nothing more, also over a restart', async () => {
      await engine.clock.advance(60_000);
      expect(engine.client.sent).toHaveLength(8);
      const since = engine.delivery.pauses.byHandAt;
      expect(since).toBeDefined();
      await engine.restart();
      await engine.clock.advance(60_000);
      expect(engine.client.sent).toHaveLength(8);
      expect(engine.delivery.pauses.byHandAt).toBe(since);
      expect(engine.delivery.pauses.waitsForPerson).toBe(true);
    });

    it('is kept when it is asked for again, where it could not be', async () => {
      await engine.delivery.pauses.resume();
      const { outbox } = engine;
      const pauseByHand = outbox.pauseByHand.bind(outbox);
      outbox.pauseByHand = async () => Promise.reject(new Error('locked'));
      await expect(engine.delivery.pauses.pauseByHand()).rejects.toThrow('locked');
      outbox.pauseByHand = pauseByHand;
      await engine.delivery.pauses.pauseByHand();
      expect([...(await outbox.loadHandPauses())]).toEqual([['here', engine.delivery.pauses.byHandAt]]);
    });

    it('is not ended by a resume that could not be kept', async () => {
      engine.outbox.resume = async () => Promise.reject(new Error('locked'));
      await expect(engine.delivery.pauses.resume()).rejects.toThrow('locked');
      expect(engine.delivery.pauses.byHandAt).toBeDefined();
    });

    it('ends when it is resumed, and everything is sent', async () => {
      await engine.delivery.pauses.resume();
      await engine.allDelivered();
      expect(engine.client.sent).toHaveLength(20);
      expect((await engine.outbox.loadHandPauses()).size).toBe(0);
    });
  });

  describe('a pause that another process knows of', () => {
    const follow = (pause: Pause | undefined, changes = engine.delivery.pauses.changes) =>
      engine.delivery.pauses.follow(pause, undefined, changes);
    const paused = (probeAt: number): Pause => {
      return { reason: 'unauthorized', pausedAt: engine.clock.now(), probes: 3, probeAt };
    };

    it('holds here, too, until that one says otherwise', async () => {
      const pause = paused(engine.clock.now() + 60_000);
      await engine.outbox.savePause('here', pause, engine.clock.now());
      follow(pause);
      await engine.identify(...USERS);
      await engine.clock.advance(59_000);
      expect(engine.client.sent).toEqual([]);
      expect(engine.delivery.pauses.waitsForPerson).toBe(true);
      await engine.outbox.savePause('here', undefined, engine.clock.now());
      follow(undefined);
      await engine.allDelivered();
      expect(engine.lines).toEqual([
        'destination here is paused by another relay',
        'destination here is resumed by another relay',
      ]);
    });

    it('is not probed here while it is probed there', async () => {
      const start = engine.clock.now();
      follow(paused(start));
      await engine.outbox.savePause('here', paused(start + 60_000), engine.clock.now());
      await engine.identify('anna');
      await engine.sentAfter(1);
      expect(engine.client.sent[0]?.sentAt).toBe(start + 60_000);
    });

    it('does not undo what was changed here since then', async () => {
      const { changes } = engine.delivery.pauses;
      await engine.delivery.pauses.pauseByHand();
      follow(undefined, changes);
      expect(engine.delivery.pauses.byHandAt).toBeDefined();
    });
  });

  describe('a pause of the relay, its next probe minutes away', () => {
    beforeEach(async () => {
      engine.client.reply = replyWith(401);
      await engine.identify(...USERS);
      await engine.clock.until(() => (engine.delivery.pauses.byRelay?.probes ?? 0) >= 8);
      await engine.idle();
      engine.client.reply = replyWith(202);
    });

    it('ends when it is resumed by hand: all is sent at once, what had failed too', async () => {
      const before = engine.clock.now();
      await engine.delivery.pauses.resume();
      await engine.allDelivered();
      expect(engine.clock.now() - before).toBeLessThan(5_000);
      expect(engine.delivery.pauses.byRelay).toBeUndefined();
      expect((await engine.outbox.loadPauses()).size).toBe(0);
    });

    it('is probed at once when there is something new to try', async () => {
      const { length } = engine.client.sent;
      const before = engine.clock.now();
      await engine.delivery.pauses.probeNow();
      await engine.sentAfter(length + 1);
      expect(engine.clock.now() - before).toBeLessThan(1_000);
      await engine.clock.until(() => engine.delivery.pauses.byRelay === undefined);
    });
  });
});
