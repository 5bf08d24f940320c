import { backfill } from './backfill/backfill';
import { backlog } from './backlog/backlog';
import { bulk } from './bulk/bulk';
import { coalescing } from './coalescing/coalescing';
import { drain } from './drain/drain';
import { functionCosts } from './function/function';
import { intake } from './intake/intake';
import { isolation } from './isolation/isolation';
import { latency } from './latency/latency';
import { lists } from './lists/lists';
import { memory } from './memory/memory';
import { pages } from './pages/pages';
import { plan } from './plan/plan';
import { priority } from './priority/priority';
import { replicas } from './replicas/replicas';
import { showReport } from './report/show-report';
import { start } from './start/start';
import { unchanged } from './unchanged/unchanged';
import { usage } from './usage/usage';
import { visitors } from './visitors/visitors';

const BENCHMARKS = [
  coalescing,
  unchanged,
  intake,
  backlog,
  isolation,
  lists,
  replicas,
  drain,
  plan,
  latency,
  functionCosts,
  pages,
  start,
  visitors,
  backfill,
  priority,
  usage,
  memory,
  bulk,
];

async function main(names: readonly string[]): Promise<void> {
  const unknown = names.find((name) => !BENCHMARKS.some((benchmark) => benchmark.name === name));
  if (unknown !== undefined) {
    console.error(`${unknown}: expected one of ${BENCHMARKS.map(({ name }) => name).join(', ')}`);
    process.exitCode = 2;
    return;
  }
  for (const { name, run } of BENCHMARKS) {
    if (names.length > 0 && !names.includes(name)) continue;
    console.log(`\n${name} …`);
    showReport(name, await run());
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
