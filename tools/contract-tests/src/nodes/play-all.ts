import { startSandbox } from '@segment-userleap/userleap-sandbox';
import { playsOnOtherNode } from '../function-forms';
import { WarmFunction } from '../play-on-function';
import type { FunctionForm } from '../play-on-function';
import { scriptAnew } from '../scripted-sandbox';
import type { PlayedLine } from './play-on-node';

// A process of its own, so that the Node which runs it can be another one than that of the tests.
async function main(): Promise<void> {
  // The Node that runs the tests loads the file anew for each vector.
  const sandbox = await startSandbox({ applyDelayMs: 0 });
  const warm = new Map<FunctionForm, WarmFunction>();
  for (const { form, vector } of playsOnOtherNode(Number(process.argv[2]))) {
    const host = warm.get(form) ?? new WarmFunction(form);
    warm.set(form, host);
    const played = await host.play(vector, scriptAnew(sandbox, vector));
    const line: PlayedLine = { node: process.version, form, vector: vector.name, played };
    console.log(JSON.stringify(line));
  }
  await sandbox.close();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
