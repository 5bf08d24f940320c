import type { Outcome } from '@segment-userleap/mapping';
import { buildUpsertRequest } from '@segment-userleap/userleap-api';
import type { UserLeapReply, UserUpsert } from '@segment-userleap/userleap-api';
import { parseDestination } from '../config/read-destinations';
import { NamesOfTurn } from './names-of-turn';

const DELIVERED: Outcome = { outcome: 'delivered', warnings: [] };
const REFUSED: Outcome = { outcome: 'rejected', reason: 'refused', message: 'no', warnings: [] };
const WAITING: Outcome = { outcome: 'retry', reason: 'server_error', message: 'not now', warnings: [] };
const NO: UserLeapReply = { status: 400, headers: {}, body: '{"error": "no"}' };

const track = (event: string, userId = 'anna') => ({ type: 'track', event, userId });
const page = (url: string) => ({ type: 'page', properties: { url }, userId: 'anna' });

describe(NamesOfTurn.name, () => {
  let names: NamesOfTurn;
  let map: (...events: readonly unknown[]) => void;
  let answer: (upsert: Partial<UserUpsert>, reply?: UserLeapReply) => void;
  beforeEach(() => {
    const raw = {
      name: 'here',
      settings: {
        apiKey: 'key',
        endpoint: 'http://127.0.0.1:1',
        denyEvents: ['Held'],
        pageUrlEvents: { Pricing: 'contains:/pricing' },
      },
    };
    const destination = parseDestination(raw, 'destination', 60);
    if (!destination.ok) throw new Error('the sample destination is not valid');
    const { settings } = destination.value;
    names = new NamesOfTurn(settings);
    map = (...events) => events.forEach((event) => names.mapEvent(event, settings, 0));
    answer = (upsert, reply = NO) =>
      names.noteReply(buildUpsertRequest({ userId: 'anna', ...upsert }, settings), reply);
  });
  const events = (...sent: readonly string[]) => sent.map((event) => ({ event, timestamp: 0 }));

  it('counts what was taken and what was refused, by the names that UserLeap is sent', () => {
    map(track('Opened'), page('https://example.com/pricing'), track('Opened'), { type: 'identify', userId: 'anna' });
    expect(names.list([DELIVERED, DELIVERED, REFUSED, DELIVERED]).sent).toEqual([
      { name: 'Opened', taken: 1, refused: 1, isToBlame: false },
      { name: 'pageview', taken: 1, refused: 0, isToBlame: false },
      { name: 'Pricing', taken: 1, refused: 0, isToBlame: false },
    ]);
  });

  it('counts nothing of what waits, or ends for another reason', () => {
    map(track('Opened'), track('Closed'));
    const unknown: Outcome = { ...REFUSED, reason: 'unknown_user' };
    expect(names.list([WAITING, unknown]).sent).toEqual([]);
  });

  it('blames a name that was refused alone', () => {
    map(track('Opened'), track('Closed'));
    answer({ events: events('Opened', 'Closed') });
    answer({ events: events('Closed', 'Closed') });
    expect(names.list([DELIVERED, REFUSED]).sent).toEqual([
      { name: 'Opened', taken: 1, refused: 0, isToBlame: false },
      { name: 'Closed', taken: 0, refused: 1, isToBlame: true },
    ]);
  });

  it.each<[string, Partial<UserUpsert>, UserLeapReply]>([
    ['with attributes', { events: events('Opened'), attributes: { plan: 'pro' } }, NO],
    ['with an address', { events: events('Opened'), emailAddress: 'anna@example.com' }, NO],
    ['as too large', { events: events('Opened') }, { status: 413, headers: {}, body: '' }],
    ['for now', { events: events('Opened') }, { status: 503, headers: {}, body: '' }],
    ['by nobody', { events: events('Opened') }, { failure: 'timeout' }],
  ])('blames none that was refused %s', (_, upsert, reply) => {
    map(track('Opened'));
    answer(upsert, reply);
    expect(names.list([REFUSED]).sent).toEqual([{ name: 'Opened', taken: 0, refused: 1, isToBlame: false }]);
  });

  it('counts nothing of a user whom UserLeap refuses whatever is sent', () => {
    map(track('Opened'), track('Opened', 'bert'));
    answer({ events: events('Opened') });
    answer({});
    expect(names.list([REFUSED, DELIVERED]).sent).toEqual([{ name: 'Opened', taken: 1, refused: 0, isToBlame: false }]);
  });

  it('tells what the settings leave out by now', () => {
    map(track(' Held '));
    expect(names.list([REFUSED])).toEqual({ sent: [], heldBack: [{ name: 'Held', reason: 'event_denied' }] });
  });
});
