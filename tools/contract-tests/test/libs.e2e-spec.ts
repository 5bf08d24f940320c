import { expectedLinesByUser, linesByUser } from '../src/compare-requests';
import { loadVectors } from '../src/load-vectors';
import { playOnLibs } from '../src/play-on-libs';

describe('contract vectors on the libraries', () => {
  it.each(loadVectors().map((vector) => [vector.name, vector] as const))('%s', async (_, vector) => {
    const { requests, outcomes } = await playOnLibs(vector);
    expect(linesByUser(requests)).toEqual(expectedLinesByUser(vector.expect.requests));
    expect(outcomes).toEqual(
      vector.expect.outcomes.map((expected) => ({
        ...(expected.outcome === 'delivered' ? {} : { message: expect.any(String) }),
        warnings: [],
        ...expected,
      })),
    );
  });
});
