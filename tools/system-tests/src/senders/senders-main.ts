import { findChromium } from '../sdks/find-chromium';
import { runEveryCall } from './every-call-run';
import { findClients } from './found-clients';
import { runSenders } from './senders-run';
import { sendersTable } from './senders-table';
import { readSnippets } from './snippets';

async function main(): Promise<void> {
  const chromium = findChromium();
  const all = readSnippets();
  const snippets = all.filter(({ runsIn }) => runsIn === 'node' || (runsIn === 'browser' && chromium !== undefined));
  const { found, missing } = findClients(all, process.env.SENDERS_CLIENTS);
  if (chromium === undefined) console.log('no Chromium; set CHROMIUM_PATH to try the browsers, too');
  for (const one of missing) console.log(`not run: ${one}`);
  for (const { client, otherwise } of await runEveryCall(found)) {
    console.log(
      `${client}: ${otherwise === undefined ? 'every call ended as the docs say' : `not as the docs say: ${otherwise}`}`,
    );
    if (otherwise !== undefined) process.exitCode = 1;
  }
  console.log(
    `${snippets.length + found.length} client libraries, each with trouble in every form; takes some three minutes`,
  );
  const { tried, gapMs } = await runSenders({ snippets, found, chromium });
  console.log(`\n${sendersTable(tried)}\n`);
  console.log(`The restart: ${(gapMs / 1000).toFixed(1)} s between the stop and the first call that was taken again.`);
}

// SDKs leave promises behind that nobody listens to.
process.on('unhandledRejection', () => undefined);
main().then(
  // Those that still try do not keep the process.
  () => process.exit(),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  },
);
