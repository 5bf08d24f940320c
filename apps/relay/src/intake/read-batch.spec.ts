import { readBatch } from './read-batch';

describe(readBatch.name, () => {
  it('gives every event what the batch says for all', () => {
    const batch = [{ userId: 'a' }, { userId: 'b', context: { ip: '2' }, integrations: { All: true } }];
    const body = { batch, context: { ip: '1', locale: 'sv' }, integrations: { All: false }, sentAt: 'then' };
    expect(readBatch(body)).toEqual({
      sentAt: 'then',
      events: [
        { userId: 'a', context: { ip: '1', locale: 'sv' }, integrations: { All: false } },
        { userId: 'b', context: { ip: '2', locale: 'sv' }, integrations: { All: true } },
      ],
    });
  });

  it('leaves what is wrong with an event for its own refusal', () => {
    const batch = [null, 'text', { context: 'text' }, { context: [] }];
    expect(readBatch({ batch, context: { ip: '1' } }).events).toEqual([
      null,
      'text',
      { context: 'text' },
      { context: { ip: '1' } },
    ]);
  });

  it.each([null, [], undefined])('takes %j for nothing', (context) => {
    expect(readBatch({ batch: [{ userId: 'a' }], context }).events).toEqual([{ userId: 'a' }]);
  });

  it.each([
    [{}, 'batch: expected a list of events, got nothing'],
    [[], 'batch: expected a list of events, got nothing'],
    [{ batch: {} }, 'batch: expected a list of events, got an object'],
    [{ batch: Array(2501).fill(null) }, 'batch: expected at most 2500 events'],
    [{ batch: [], context: 'text' }, 'context: expected an object, got a string'],
    [{ batch: [], integrations: [1] }, 'integrations: expected an object, got an array'],
  ])('refuses %#', (body, message) => {
    expect(() => readBatch(body)).toThrow(message);
  });
});
