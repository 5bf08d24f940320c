import { startSandbox } from '@segment-userleap/userleap-sandbox';
import type { Sandbox } from '@segment-userleap/userleap-sandbox';
import { expectOnFunction } from '../src/expect-on-function';
import { FUNCTION_FORMS, isLoadedAnew, vectorsFor } from '../src/function-forms';
import { WarmFunction } from '../src/play-on-function';
import { scriptAnew } from '../src/scripted-sandbox';

describe.each(FUNCTION_FORMS)('contract vectors on $file ($loader, event from $eventRealm, $calls)', (form) => {
  let sandbox: Sandbox;
  let warm: WarmFunction;

  beforeAll(async () => {
    sandbox = await startSandbox({ applyDelayMs: 0 });
    warm = new WarmFunction(form);
  });

  afterAll(() => sandbox.close());

  it.each(vectorsFor(form).map((vector) => [vector.name, vector] as const))('%s', async (_, vector) => {
    const host = isLoadedAnew(form) ? new WarmFunction(form) : warm;
    expectOnFunction(await host.play(vector, scriptAnew(sandbox, vector)), vector, form);
  });
});
