import { classifyThrown } from './classify-thrown';
import { createFunctionHost } from './create-function-host';

function hostThatThrows(expression: string) {
  const code = `async function onTrack() { throw ${expression}; }\nasync function onBatch() { throw ${expression}; }`;
  return createFunctionHost({ code, loader: 'wrapper' });
}

const CASES = [
  ["new RetryError('m')", { verdict: 'retried', errorName: 'RetryError', message: 'm' }],
  [
    "new EventNotSupported('m')",
    { verdict: 'discarded', as: 'unsupported', errorName: 'EventNotSupported', message: 'm' },
  ],
  [
    "new InvalidEventPayload('m')",
    { verdict: 'discarded', as: 'rejected', errorName: 'InvalidEventPayload', message: 'm' },
  ],
  ["new ValidationError('m')", { verdict: 'discarded', as: 'rejected', errorName: 'ValidationError', message: 'm' }],
  ["new TypeError('m')", { verdict: 'discarded', as: 'bad_request', errorName: 'TypeError', message: 'm' }],
  [
    "Object.assign(new Error('m'), { status: 503 })",
    { verdict: 'discarded', as: 'bad_request', errorName: 'Error', message: 'm' },
  ],
  [
    "new (class Later extends RetryError { name = 'Later' })('m')",
    { verdict: 'retried', errorName: 'Later', message: 'm' },
  ],
  [
    "Object.assign(new Error('m'), { name: 'RetryError' })",
    { verdict: 'retried', errorName: 'RetryError', message: 'm' },
  ],
  ["'m'", { verdict: 'discarded', as: 'bad_request', message: 'm' }],
  ['null', { verdict: 'discarded', as: 'bad_request', message: 'null' }],
  ['{}', { verdict: 'discarded', as: 'bad_request' }],
] as const;

describe(classifyThrown.name, () => {
  it.each(CASES)('knows what Segment does after throw %s', async (expression, verdict) => {
    expect(await hostThatThrows(expression).deliver({ type: 'track' }, {})).toEqual(verdict);
  });

  it.each(CASES)('does it to every event of a batch after throw %s', async (expression, verdict) => {
    expect(await hostThatThrows(expression).deliverBatch([{}, {}], {})).toEqual([verdict, verdict]);
  });

  it('treats a throw of a handler that is not async the same', async () => {
    const host = createFunctionHost({ code: "function onTrack() { throw new RetryError('m'); }", loader: 'script' });
    expect(await host.deliver({ type: 'track' }, {})).toMatchObject({ verdict: 'retried' });
  });
});
