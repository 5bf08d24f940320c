import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleMutants } from './bundle-mutants';
import { findStale, loadEquivalents } from './equivalents';
import { makeMutants } from './make-mutants';
import { parseCommandLine } from './parse-command-line';
import type { CommandLine } from './parse-command-line';
import { playMutants } from './play-mutants';
import type { Played } from './play-mutants';
import { describeSurvivors, scoreByPart, survivorsOf } from './report';
import { ruleFiles } from './rule-files';
import { showProgress } from './show-progress';

const WORKSPACE = join(__dirname, '../../..');
const RESULTS = join(WORKSPACE, 'dist/mutation');

async function main({ isWanted, workers }: CommandLine): Promise<void> {
  const files = ruleFiles(WORKSPACE).filter(isWanted);
  if (files.length === 0) throw new Error('--files: no file of the rules has such a path');
  const made = await makeMutants(WORKSPACE, files);
  const bundle = join(RESULTS, 'mutants.cjs');
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(bundle, await bundleMutants(WORKSPACE, made));

  const { mutants, leftOut } = made;
  console.log(`${mutants.length} mutants in ${files.length} files; left out: ${leftOut} texts for people`);
  const played = await playMutants(mutants, bundle, workers, showProgress(mutants.length));

  const equivalents = loadEquivalents(WORKSPACE);
  const survivors = survivorsOf(played, equivalents);
  for (const line of describeSurvivors(survivors)) console.log(line);
  writeFileSync(join(RESULTS, 'survivors.json'), JSON.stringify(survivors.map(asEntry), null, 2));
  for (const { file, lineText, replacement } of findStale(equivalents, played)) {
    console.log(`\nstale in equivalent.json: ${file}: ${lineText} → ${replacement}`);
  }
  const rows = scoreByPart(played, equivalents);
  console.log();
  console.table(Object.fromEntries(rows.map(({ part, score, ...row }) => [part, { ...row, score: score.toFixed(1) }])));
  if (survivors.length > 0) {
    console.log('a mutant is neither noticed nor in equivalent.json');
    process.exitCode = 1;
  }
}

/** As it would stand in equivalent.json. */
function asEntry({ mutant }: Played): object {
  const { file, lineText, mutator, source, replacement } = mutant;
  return { file, lineText, mutator, source, replacement, why: '' };
}

main(parseCommandLine(process.argv.slice(2))).catch((error: unknown) => {
  console.error(error);
  process.exit(2);
});
