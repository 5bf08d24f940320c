import { startSandbox } from '@segment-userleap/userleap-sandbox';
import { FORMS_ON_EVERY_NODE, vectorsFor } from '../function-forms';
import { WarmFunction } from '../play-on-function';
import { scriptAnew } from '../scripted-sandbox';
import type { PlayedLine } from './play-on-node';

// A process of its own, so that the Node which runs it can be another one than that of the tests.
async function main(): Promise<void> {
  // The Node that runs the tests loads the file anew for each vector.
  const sandbox = await startSandbox({ applyDelayMs: 0 });
  for (const form of FORMS_ON_EVERY_NODE) {
    const warm = new WarmFunction(form);
    for (const vector of vectorsFor(form)) {
      const played = await warm.play(vector, scriptAnew(sandbox, vector));
      const line: PlayedLine = { node: process.version, form, vector: vector.name, played };
      console.log(JSON.stringify(line));
    }
  }
  await sandbox.close();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
