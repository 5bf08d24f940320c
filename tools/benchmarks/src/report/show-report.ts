import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Report } from './benchmark';
import { formatTable } from './table';

const FOLDER = join(__dirname, '../../../../dist/benchmarks');

/** Prints what was measured, and keeps it as JSON with the machine it was measured on. */
export function showReport(name: string, { tables, targets }: Report): void {
  const rows = targets.map(({ claim, measured, wanted, isMet }) => ({
    target: claim,
    measured,
    wanted,
    '': isMet ? 'met' : 'MISSED',
  }));
  const promised = rows.length > 0 ? [{ title: `${name}: targets`, rows }] : [];
  for (const table of [...tables, ...promised]) console.log(`\n${formatTable(table)}`);

  const machine = { node: process.version, cores: cpus().length, processor: cpus()[0]?.model };
  const content = { benchmark: name, measuredAt: new Date().toISOString(), machine, tables, targets };
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, `${name}.json`), `${JSON.stringify(content, undefined, 2)}\n`);
}
