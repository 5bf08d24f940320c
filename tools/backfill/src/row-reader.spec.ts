import { ColumnMapping, parseMapping } from './column-mapping';
import { eventOfCells, eventOfFields, readColumns } from './row-reader';

const NO_MAPPING = new ColumnMapping();

function eventOf(names: readonly string[], cells: readonly string[], mapping = NO_MAPPING) {
  return eventOfCells(readColumns(names, mapping), cells);
}

describe(readColumns.name, () => {
  it.each([
    [['user_id', 'emial'], 'column "emial": expected userId, anonymousId'],
    [['customer_no', 'note', 'email'], 'columns "customer_no", "note": expected userId, anonymousId'],
    [['email', 'traits.plan'], 'no column for the user: expected userId (or user_id)'],
    [['user_id', 'User ID', 'email'], 'columns "user_id" and "User ID": expected one column for userId'],
  ])('refuses %j with a sentence that names the column', (names, sentence) => {
    expect(() => readColumns(names, NO_MAPPING)).toThrow(sentence);
  });
});

describe(eventOfCells.name, () => {
  it('makes an Identify of a row without the name of an event', () => {
    expect(eventOf(['User_ID', 'Email', 'traits.plan', 'time'], ['u1', 'a@b.de', '', '2026-01-01'])).toEqual({
      event: { type: 'identify', userId: 'u1', timestamp: '2026-01-01', traits: { email: 'a@b.de' } },
    });
  });

  it('makes a Track of a row with one, whose traits are those of the context', () => {
    expect(eventOf(['userId', 'event', 'email'], ['u1', 'Signed Up', 'a@b.de'])).toEqual({
      event: { type: 'track', userId: 'u1', event: 'Signed Up', context: { traits: { email: 'a@b.de' } } },
    });
  });

  it('follows a mapping: other names, kinds, columns that are left out, and all others as traits', () => {
    const mapping = parseMapping(
      '{"uid": "userId", "seats": {"place": "traits.seats", "kind": "number"}, "paying": {"place": "traits.paying", "kind": "boolean"}, "note": null, "*": "traits.*"}',
    );
    const event = { type: 'identify', userId: '7', traits: { seats: 5, paying: false, 'Plan Name': 'pro' } };
    expect(eventOf(['uid', 'seats', 'paying', 'note', 'Plan Name'], ['7', '5', 'false', 'x', 'pro'], mapping)).toEqual({
      event,
    });
  });

  it('names a cell that cannot be what the mapping says, without what stands in it', () => {
    const mapping = parseMapping('{"seats": {"place": "traits.seats", "kind": "number"}}');
    expect(eventOf(['userId', 'seats'], ['u1', 'many'], mapping)).toEqual({
      why: 'column "seats": expected a number, found a string that is none',
    });
  });

  it('names a row without a user', () => {
    expect(eventOf(['userId', 'email'], ['', 'a@b.de'])).toEqual({ why: 'userId: expected an id, got nothing' });
  });
});

describe(eventOfFields.name, () => {
  it('reads a row that is JSON like one that is text, and keeps its kinds', () => {
    expect(eventOfFields({ USER_ID: 7, 'traits.seats': 5, event: null }, NO_MAPPING)).toEqual({
      event: { type: 'identify', userId: 7, traits: { seats: 5 } },
    });
  });

  it('names a field that nobody knows', () => {
    expect(eventOfFields({ user_id: 'u1', plan: 'pro' }, NO_MAPPING)).toEqual({
      why: expect.stringContaining('column "plan": expected') as unknown,
    });
  });
});

describe(parseMapping.name, () => {
  it.each([
    ['[]', '--mapping: expected an object with a place for each column, got an array'],
    ['{', '--mapping: expected JSON'],
    ['{"a": "trait.b"}', '--mapping: column "a": expected userId'],
    ['{"*": "userId"}', '--mapping: column "*": expected'],
    ['{"a": {"place": "traits.a", "kind": "date"}}', '--mapping: column "a": expected the kind text, number, boolean'],
  ])('refuses %j', (text, sentence) => {
    expect(() => parseMapping(text)).toThrow(sentence);
  });
});
