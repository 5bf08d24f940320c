import type { UpsertOperation } from '@segment-userleap/mapping';
import { findArrived } from './find-arrived';
import type { Upserts } from './user-upserts';

type Events = Readonly<Record<string, number>>;

let index = 0;

/** An upsert with these events, by name and time; with none it is an Identify. */
function upsert(events: Events): Upserts[number] {
  const list = Object.entries(events).map(([event, timestamp]) => ({ event, timestamp }));
  const at = list[0]?.timestamp ?? 0;
  const common = { kind: 'upsert', userId: 'u1', receivedAt: at, attributes: new Map() } as const;
  const operation: UpsertOperation = { ...common, at, createsUser: list.length === 0, events: list };
  return { index: index++, operation, warnings: [] };
}

/** Which of these upserts, by their place in all of them, are found where UserLeap shows these last times. */
function placesFound(requests: readonly (readonly Events[])[], last: Events): readonly number[] {
  const upserts = requests.map((request) => request.map(upsert));
  const all = upserts.flat();
  const shown = new Map(Object.entries(last).map(([event, time]) => [event, { first: 0, last: time }]));
  return findArrived(upserts, shown).map((one) => all.indexOf(one));
}

const IDENTIFY = {};

describe(findArrived.name, () => {
  it('finds a whole request, attributes included, where the last time of a name is that of its last event', () => {
    expect(placesFound([[IDENTIFY, { A: 1 }, { B: 2 }, { A: 3 }]], { A: 3, B: 2 })).toEqual([0, 1, 2, 3]);
  });

  it('finds nothing where UserLeap shows none of the names, or earlier times of them', () => {
    expect(placesFound([[IDENTIFY, { A: 5 }]], {})).toEqual([]);
    expect(placesFound([[IDENTIFY, { A: 5 }, { B: 6 }]], { A: 4, B: 1, C: 9 })).toEqual([]);
  });

  it('does not trust a later time: another source may have sent that event', () => {
    expect(placesFound([[{ A: 5 }]], { A: 6 })).toEqual([]);
    expect(placesFound([[{ A: 5 }, { B: 6 }]], { A: 9, B: 9 })).toEqual([]);
  });

  it('takes a later time for what it is where another event of the request is there for certain', () => {
    expect(placesFound([[{ A: 5 }, { B: 6 }]], { A: 9, B: 6 })).toEqual([0, 1]);
  });

  it('finds the requests before one that is there, and not those after it', () => {
    const requests = [[IDENTIFY, { A: 1 }, { B: 2 }], [{ A: 3 }, { B: 4 }], [{ A: 5 }]];
    expect(placesFound(requests, { A: 3, B: 4 })).toEqual([0, 1, 2, 3, 4]);
  });

  it('finds the requests before one of which a part is there', () => {
    const requests = [
      [{ A: 1 }, { B: 2 }],
      [{ A: 3 }, { Bad: 4 }, { C: 5 }],
    ];
    expect(placesFound(requests, { A: 3, B: 2 })).toEqual([0, 1, 2]);
    expect(placesFound(requests, { A: 9, B: 9, C: 5 })).toEqual([0, 1, 2, 4]);
  });

  it('does not find what was refused, in a request before one that is there', () => {
    const requests = [[IDENTIFY, { A: 1 }, { Bad: 2 }], [{ A: 3 }]];
    expect(placesFound(requests, { A: 3 })).toEqual([1, 3]);
  });

  it('finds of a request that was sent in parts only what is there for certain', () => {
    // The newest of a name goes first then.
    expect(placesFound([[IDENTIFY, { A: 1 }, { Bad: 2 }, { A: 3 }]], { A: 3 })).toEqual([3]);
  });

  it('finds of a request that was sent in parts the names before one that is there, and not those behind it', () => {
    const request = [{ A: 1 }, { Bad: 2 }, { B: 3 }, { A: 4 }, { C: 5 }, { C: 6 }];
    expect(placesFound([request], { A: 4, B: 3, C: 9 })).toEqual([0, 3, 2]);
    expect(placesFound([request], { A: 4, C: 6 })).toEqual([0, 3, 5]);
  });

  it('does not find what is newer than UserLeap shows, whatever stands behind it', () => {
    expect(placesFound([[{ A: 1 }, { B: 2 }, { A: 3 }]], { A: 1, B: 2 })).toEqual([0, 1]);
  });

  it('finds only itself of what may have been sent before, in another request', () => {
    const [late, sent] = [upsert({ A: 1 }), upsert({ A: 4, B: 4 })];
    const shown = new Map(['A', 'B'].map((event) => [event, { first: 0, last: 4 }]));
    expect(findArrived([[late, sent]], shown, (one) => one === sent)).toEqual([sent]);
    expect(findArrived([[late, sent]], shown)).toEqual([late, sent]);
  });

  it('finds an upsert with several events only where all of them are there', () => {
    expect(placesFound([[{ A: 1, B: 1 }, { Bad: 2 }]], { A: 1 })).toEqual([]);
    expect(placesFound([[{ A: 1, B: 1 }]], { A: 1, B: 1 })).toEqual([0]);
  });

  it('leaves attributes that had a request to themselves to be sent again', () => {
    expect(placesFound([[IDENTIFY], [{ A: 1 }]], { A: 1 })).toEqual([1]);
  });
});
