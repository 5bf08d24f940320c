import { FORMS_ON_EVERY_NODE, vectorsFor } from '../function-forms';
import { playOnFunction } from '../play-on-function';
import type { PlayedLine } from './play-on-node';

// A process of its own, so that the Node which runs it can be another one than that of the tests.
async function main(): Promise<void> {
  for (const form of FORMS_ON_EVERY_NODE) {
    for (const vector of vectorsFor(form)) {
      const played = await playOnFunction(vector, form);
      const line: PlayedLine = { node: process.version, form, vector: vector.name, played };
      console.log(JSON.stringify(line));
    }
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
