import { MOST_NAMES } from '../../src/outbox/port/event-names';
import type { EventNames, NameNews, TurnNames } from '../../src/outbox/port/event-names';
import { leaseTurn, settle, settlementOf } from './attempt';
import type { OutboxUnderTest } from './outbox-under-test';
import { DAY, DELIVERED, HERE, NOW, SECOND, settled, THERE, trackOf } from './sample-events';

const ISO = (time: number) => new Date(time).toISOString();

function taken(name: string, count = 1): NameNews {
  return { name, taken: count, refused: 0, isToBlame: false };
}

function refusedAlone(name: string): NameNews {
  return { name, taken: 0, refused: 1, isToBlame: true };
}

function refusedWithOthers(name: string): NameNews {
  return { name, taken: 0, refused: 1, isToBlame: false };
}

export function describeEventNames({ outbox, reopen }: OutboxUnderTest): void {
  describe('names of events', () => {
    let count = 0;
    /** Has a turn settled in which these came to this. */
    async function send(
      sent: readonly NameNews[],
      { now = NOW, environment = HERE, heldBack = [] as TurnNames['heldBack'] } = {},
    ): Promise<void> {
      await outbox().accept([trackOf('anna', `message ${count++}`, { acceptedAt: now })]);
      const turn = await leaseTurn(outbox(), { now, environment });
      await settle(outbox(), turn, [DELIVERED], { now, environment, eventNames: { sent, heldBack } });
    }
    const list = (fields: Partial<Parameters<ReturnType<typeof outbox>['listNames']>[0]> = {}): Promise<EventNames> =>
      outbox().listNames({ destination: HERE, environment: HERE, now: NOW, limit: 100, ...fields });
    const namesOf = ({ names }: EventNames) => names.map(({ name }) => name);

    it('are none at first', async () => {
      expect(await list()).toEqual({
        names: [],
        total: 0,
        new: 0,
        setUp: 0,
        refused: 0,
        heldBack: [],
        heldBackTotal: 0,
        others: { taken: 0, refused: 0, heldBack: 0 },
      });
    });

    it('have their first and last time, and how many of them UserLeap took and refused', async () => {
      await send([taken('Opened', 2), refusedAlone('Closed')]);
      await send([taken('Opened'), taken('Bought')], { now: NOW + 5 * SECOND });
      await reopen();
      const { names, ...counts } = await list({ now: NOW + 5 * SECOND });
      const common = { isNew: true, setUpAt: null };
      const [first, last] = [ISO(NOW), ISO(NOW + 5 * SECOND)];
      expect(names).toEqual([
        { name: 'Bought', firstAt: last, lastAt: last, taken: 1, refused: 0, isRefused: false, ...common },
        { name: 'Closed', firstAt: first, lastAt: first, taken: 0, refused: 1, isRefused: true, ...common },
        { name: 'Opened', firstAt: first, lastAt: last, taken: 3, refused: 0, isRefused: false, ...common },
      ]);
      expect(counts).toMatchObject({ total: 3, new: 3, setUp: 0, refused: 1 });
    });

    it('are kept apart by environment, and shared by the destinations of one', async () => {
      await send([taken('Opened')]);
      await send([taken('Opened'), taken('Closed')], { environment: 'another' });
      expect(namesOf(await list())).toEqual(['Opened']);
      expect(namesOf(await list({ destination: THERE }))).toEqual(['Opened']);
      expect(namesOf(await list({ environment: 'another' }))).toEqual(['Closed', 'Opened']);
    });

    it('hold any text', async () => {
      const odd = ["it's", 'a\u0000b', '💥', ' ', '{"a": [1]}', '\u001e', 'NULL'];
      await send(odd.map((name) => taken(name)));
      await send(odd.map((name) => taken(name)));
      expect(new Set(namesOf(await list()))).toEqual(new Set(odd));
      expect(await outbox().markNames({ environment: HERE, names: odd, setUpAt: NOW })).toBe(odd.length);
    });

    it('of turns that are settled together are counted together', async () => {
      await outbox().accept([trackOf('bert', 'one'), trackOf('carl', 'two')]);
      const turns = [await leaseTurn(outbox()), await leaseTurn(outbox())];
      const eventNames = { sent: [taken('Opened', 2)], heldBack: [] };
      await outbox().settle(turns.map((turn) => settlementOf(turn, [DELIVERED], { eventNames })));
      expect((await list()).names).toMatchObject([{ name: 'Opened', taken: 4 }]);
    });

    it('are refused until UserLeap takes them', async () => {
      const refused = async () => (await list()).names.filter(({ isRefused }) => isRefused).map(({ name }) => name);
      await send([refusedAlone('Opened'), taken('pageview')]);
      expect(await refused()).toEqual(['Opened']);
      // The page's own name was taken before.
      await send([refusedWithOthers('pageview'), refusedWithOthers('Pricing')]);
      expect(await refused()).toEqual(['Opened', 'Pricing']);
      await send([taken('Opened'), taken('Pricing')]);
      expect(await refused()).toEqual([]);
      await send([refusedWithOthers('Opened'), refusedAlone('Pricing')]);
      expect(await refused()).toEqual(['Pricing']);
      expect((await list()).refused).toBe(1);
    });

    it('are new for seven days, unless they are marked as set up', async () => {
      await send([taken('Opened'), taken('Closed')]);
      await send([taken('Bought'), taken('Opened')], { now: NOW + 2 * DAY });
      const isNew = async (now: number) =>
        (await list({ now })).names.filter((one) => one.isNew).map(({ name }) => name);
      expect(await isNew(NOW + 2 * DAY)).toEqual(['Bought', 'Closed', 'Opened']);
      expect(await isNew(NOW + 7 * DAY)).toEqual(['Bought']);
      expect(await outbox().countNewNames(NOW + 2 * DAY)).toEqual(new Map([[HERE, 3]]));
      await outbox().markNames({ environment: HERE, names: ['Bought', 'Closed'], setUpAt: NOW + 3 * DAY });
      expect(await isNew(NOW + 3 * DAY)).toEqual(['Opened']);
      expect(await outbox().countNewNames(NOW + 3 * DAY)).toEqual(new Map([[HERE, 1]]));
      expect(await outbox().countNewNames(NOW + 7 * DAY)).toEqual(new Map());
    });

    it('that are set up stand last; a mark stays, is taken back, and makes no name', async () => {
      await send([taken('Opened'), taken('Closed')]);
      const mark = (names: readonly string[], setUpAt: number | null) =>
        outbox().markNames({ environment: HERE, names, setUpAt });
      expect(await mark(['Closed', 'Never sent'], NOW + SECOND)).toBe(1);
      expect(await outbox().markNames({ environment: THERE, names: ['Opened'], setUpAt: NOW })).toBe(0);
      await send([taken('Closed')]);
      const marked = await list();
      expect(marked.names.map(({ name, setUpAt }) => [name, setUpAt])).toEqual([
        ['Opened', null],
        ['Closed', ISO(NOW + SECOND)],
      ]);
      expect(marked).toMatchObject({ total: 2, setUp: 1, new: 1 });
      expect(await mark(['Closed'], null)).toBe(1);
      expect((await list()).setUp).toBe(0);
    });

    it('are told of once when they are new', async () => {
      await send([taken('Opened')]);
      await send([taken('Opened')], { environment: 'another' });
      expect(await outbox().takeNewNames(1)).toEqual([{ environment: 'another', name: 'Opened' }]);
      expect(await outbox().takeNewNames(10)).toEqual([{ environment: HERE, name: 'Opened' }]);
      expect(await outbox().takeNewNames(10)).toEqual([]);
      await send([taken('Opened'), refusedAlone('Closed')], { heldBack: [{ name: 'Left', reason: 'event_denied' }] });
      expect(await outbox().takeNewNames(10)).toEqual([{ environment: HERE, name: 'Closed' }]);
    });

    it('that a setting leaves out are counted by destination and list, once for each event that is kept', async () => {
      const heldBack = (name: string) => ({ heldBack: { name, reason: 'event_denied' as const } });
      const one = { ...settled('one', 'filtered'), ...heldBack('Closed') };
      await outbox().accept([one, { ...settled('two', 'filtered'), ...heldBack('Opened') }]);
      await outbox().accept([one, { ...settled('three', 'filtered'), ...heldBack('Opened') }]);
      await send([], { now: NOW + SECOND, heldBack: [{ name: 'Opened', reason: 'event_not_allowed' }] });
      const [first, last] = [ISO(NOW), ISO(NOW + SECOND)];
      expect((await list()).heldBack).toEqual([
        { name: 'Opened', reason: 'event_denied', events: 2, firstAt: first, lastAt: first },
        { name: 'Closed', reason: 'event_denied', events: 1, firstAt: first, lastAt: first },
        { name: 'Opened', reason: 'event_not_allowed', events: 1, firstAt: last, lastAt: last },
      ]);
      expect(await list({ destination: THERE })).toMatchObject({ heldBack: [], heldBackTotal: 0 });
    });

    it('are kept apart up to a bound; what is beyond is counted together', async () => {
      const many = (prefix: string) =>
        Array.from({ length: MOST_NAMES - 1 }, (_, index) => taken(`${prefix} ${index}`));
      await send([taken('Opened'), refusedAlone('Closed')]);
      await send(many('some'), { now: NOW + DAY });
      await send([taken('Opened'), taken('Late', 3), refusedAlone('Later')], { now: NOW + DAY });
      await outbox().accept([
        { ...settled('long', 'filtered'), heldBack: { name: 'n'.repeat(256), reason: 'event_not_allowed' } },
      ]);
      const { names, total, others, heldBack } = await list({ now: NOW + DAY, limit: 5 });
      expect({ names: names.length, total, others }).toEqual({
        names: 5,
        total: MOST_NAMES,
        others: { taken: 4, refused: 1, heldBack: 1 },
      });
      expect(heldBack).toEqual([]);
      // Where place is needed, what was not sent for thirteen months goes.
      await send([taken('Late')], { now: NOW + 398 * DAY });
      expect(namesOf(await list({ now: NOW + 398 * DAY }))).toEqual(['Late']);
    });
  });
}
