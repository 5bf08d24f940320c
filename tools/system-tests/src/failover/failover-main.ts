import { parseArgs } from 'node:util';
import { runFailover } from './failover-test';
import { findPrograms } from './find-programs';
import { FRONTS } from './fronts';

const MOST_SECONDS = 10;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { front: { type: 'string', default: 'all' } } });
  const fronts = values.front === 'all' ? Object.keys(FRONTS) : [values.front];
  if (!fronts.every((front) => front in FRONTS)) {
    console.error(`expected --front with one of all, ${Object.keys(FRONTS).join(', ')}`);
    process.exitCode = 2;
    return;
  }
  const found = findPrograms();
  if (!found.ok) {
    console.log(`NOT RUN: ${found.missing.join(', ')} not installed (Debian: apt-get install postgresql haproxy)`);
    process.exitCode = 2;
    return;
  }
  console.log(`fail-over under load, three relays, ${found.programs.postgres}`);
  for (const front of fronts) {
    const { promotedMs, readyMs, acknowledged, lost } = await runFailover(front, found.programs);
    const times = `standby promoted after ${seconds(promotedMs)}, all relays ready ${seconds(readyMs)} later`;
    console.log(`${front}: ${times}; ${acknowledged} events acknowledged, ${lost.length} of them lost`);
    if (lost.length > 0) console.log(`  lost: ${lost.slice(0, 20).join(', ')}`);
    if (lost.length > 0 || readyMs > MOST_SECONDS * 1000) process.exitCode = 1;
  }
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
