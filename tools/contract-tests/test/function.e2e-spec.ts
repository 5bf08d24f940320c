import { startSandbox } from '@segment-userleap/userleap-sandbox';
import type { Sandbox } from '@segment-userleap/userleap-sandbox';
import { expectOnFunction } from '../src/expect-on-function';
import { FUNCTION_FORMS, vectorsFor } from '../src/function-forms';
import { WarmFunction } from '../src/play-on-function';
import { scriptAnew } from '../src/scripted-sandbox';

describe.each(FUNCTION_FORMS)('contract vectors on $file ($loader, event from $eventRealm, $calls)', (form) => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startSandbox({ applyDelayMs: 0 });
  });

  afterAll(() => sandbox.close());

  // Freshly loaded for each; function-on-nodes.e2e-spec.ts and the property test call one again and again.
  it.each(vectorsFor(form).map((vector) => [vector.name, vector] as const))('%s', async (_, vector) => {
    expectOnFunction(await new WarmFunction(form).play(vector, scriptAnew(sandbox, vector)), vector, form);
  });
});
