import { classifyBatchResult } from './classify-batch-result';
import { createFunctionHost } from './create-function-host';

function hostThatReturns(expression: string) {
  return createFunctionHost({ code: `async function onBatch(events) { return ${expression}; }`, loader: 'wrapper' });
}

describe(classifyBatchResult.name, () => {
  it('gives one verdict for each event, by position', async () => {
    const host = hostThatReturns("events.map(({ s }) => ({ status: s, errormessage: 'm' }))");
    const events = [200, 400, 500].map((s) => ({ s }));
    expect(await host.deliverBatch(events, {})).toEqual([
      { verdict: 'delivered', status: 200 },
      { verdict: 'discarded', as: 'bad_request', status: 400, message: 'm' },
      { verdict: 'retried', status: 500, message: 'm' },
    ]);
  });

  it.each([199, 202, 300, 404, 429, 503, 600])(
    'discards an item with the status %i, which Segment does not document',
    (status) => {
      expect(classifyBatchResult([{ status }], 1)).toEqual([{ verdict: 'discarded', as: 'bad_request', status }]);
    },
  );

  it.each([
    ['undefined', 'onBatch: expected an array, got undefined'],
    ['null', 'onBatch: expected an array, got null'],
    ['{ length: 2 }', 'onBatch: expected an array, got object'],
    ['[{ status: 200 }]', 'onBatch: expected 2 results, got 1'],
    ['[1, 2, 3].map(() => ({ status: 200 }))', 'onBatch: expected 2 results, got 3'],
    ['[{ status: 200 }, {}]', 'onBatch: result 1: expected a numeric status'],
    ["[{ status: '200' }, { status: 200 }]", 'onBatch: result 0: expected a numeric status'],
    ['[{ status: 200 }, { status: NaN }]', 'onBatch: result 1: expected a numeric status'],
    ['[{ status: 200 }, null]', 'onBatch: result 1: expected a numeric status'],
    ['[{ status: 200 }, ,]', 'onBatch: result 1: expected a numeric status'],
  ])('discards the whole batch when the result is %s', async (expression, message) => {
    const discarded = { verdict: 'discarded', as: 'bad_request', message };
    expect(await hostThatReturns(expression).deliverBatch([{}, {}], {})).toEqual([discarded, discarded]);
  });

  it('counts the events before the handler can change the array', async () => {
    const code = 'function onBatch(events) { events.push({}); return [{ status: 200 }]; }';
    const host = createFunctionHost({ code, loader: 'wrapper', eventRealm: 'outside' });
    expect(await host.deliverBatch([{}], {})).toEqual([{ verdict: 'delivered', status: 200 }]);
  });

  it('accepts no results for no events', async () => {
    expect(await hostThatReturns('[]').deliverBatch([], {})).toEqual([]);
  });
});
