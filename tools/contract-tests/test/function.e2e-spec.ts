import { expectOnFunction } from '../src/expect-on-function';
import { FUNCTION_FORMS, vectorsFor } from '../src/function-forms';
import { playOnFunction } from '../src/play-on-function';

describe.each(FUNCTION_FORMS)('contract vectors on $file ($loader, event from $eventRealm, $calls)', (form) => {
  it.each(vectorsFor(form).map((vector) => [vector.name, vector] as const))('%s', async (_, vector) => {
    expectOnFunction(await playOnFunction(vector, form), vector, form);
  });
});
