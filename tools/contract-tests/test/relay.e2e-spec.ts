import { expectedLinesByUser, linesByUser } from '../src/compare-requests';
import { loadVectors } from '../src/load-vectors';
import { oneOfEachShape } from '../src/one-of-each-shape';
import { RelayHost } from '../src/relay-host';
import { API_KEY, STORE } from '@segment-userleap/relay-driver';
import type { ExpectedOutcome } from '../src/vector';

const all = loadVectors().filter(({ skip = [] }) => !skip.some(({ host }) => host === 'relay'));
const played = STORE === 'sqlite' ? all : oneOfEachShape(all);

describe.each([
  ['that holds nothing', played.filter(({ hold }) => hold === undefined)],
  ['that holds what visitors do', played.filter(({ hold }) => hold !== undefined)],
])('contract vectors on the running relay %s', (_name, vectors) => {
  let host: RelayHost;

  beforeAll(async () => {
    host = await RelayHost.start(vectors);
    await host.playAll();
  }, 240_000);

  afterAll(async () => {
    await host.stop();
  });

  it.each(vectors.map((vector) => [vector.name, vector] as const))('%s', async (_, vector) => {
    const { requests, events } = await host.result(vector);
    expect(linesByUser(requests)).toEqual(expectedLinesByUser(vector.expect.requests));
    expect(events).toEqual(vector.expect.outcomes.map((outcome) => expect.objectContaining(expectedRecord(outcome))));
  });

  it('writes no key and nothing of an event into its log', () => {
    const output = host.output();
    expect(output).toContain('listening on');
    for (const secret of [API_KEY, 'key-of-', 'laura', '@example.com', 'Clicked']) expect(output).not.toContain(secret);
  });
});

/** What the relay keeps of an event with this outcome: one that is to be retried stays pending, with the reason. */
function expectedRecord({ outcome, reason, message, warnings = [] }: ExpectedOutcome): Record<string, unknown> {
  return {
    state: outcome === 'retry' ? 'pending' : outcome,
    reason: reason ?? null,
    ...(message === undefined ? {} : { message }),
    warnings,
  };
}
