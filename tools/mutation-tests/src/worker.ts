import { loadSettingsVectors, loadVectors } from '@segment-userleap/contract-tests/load-vectors';
import type { SettingsVector } from '@segment-userleap/contract-tests/settings-vector';
import type { Vector } from '@segment-userleap/contract-tests/vector';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { deepFreeze } from './deep-freeze';
import { loadFreshly } from './load-freshly';
import { MutantSwitches } from './switch-mutants';
import type { Coverage, Task, Verdict } from './task';

// Nothing in a vector waits for anything: one that is not settled when a timer fires never will be.
const HANGS_AFTER_MS = 2_000;

const [bundle = ''] = process.argv.slice(2);
const switches = new MutantSwitches();
// What a mutant changes in a vector's events would be there for the next mutant.
const vectors = [...loadVectors(), ...loadSettingsVectors()].map(deepFreeze);
const load = loadFreshly(readFileSync(bundle, 'utf8'), dirname(bundle));

process.on('message', (task: Task) => {
  void (task.kind === 'cover' ? cover() : play(task)).then((answer) => process.send?.(answer));
});
process.on('disconnect', () => process.exit());
// A mutant may leave a rejected promise behind.
process.on('unhandledRejection', () => undefined);

async function cover(): Promise<Coverage> {
  const running = [];
  let loading = {};
  for (const vector of vectors) {
    switches.startLoading();
    const libs = load();
    switches.startRunning();
    if (!(await settles(libs.holdsOnLibs(vector)))) throw new Error(`${vector.name}: fails without any mutant`);
    ({ loading } = switches.hits);
    running.push(switches.hits.running);
  }
  return { loading, running };
}

async function play({ mutant, vectors: chosen, hitLimit }: Task & { kind: 'play' }): Promise<Verdict> {
  switches.activate(mutant, hitLimit);
  let libs;
  try {
    libs = load();
  } catch {
    return { killer: -1 };
  }
  for (const index of chosen) {
    switches.restartCount();
    if (!(await holds(() => libs.holdsOnLibs(vectors[index] as Vector | SettingsVector)))) return { killer: index };
  }
  return {};
}

async function holds(run: () => Promise<boolean>): Promise<boolean> {
  try {
    return (await settles(run())) && !switches.isOverLimit;
  } catch {
    return false;
  }
}

async function settles(promise: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const hung = new Promise<boolean>((resolve) => (timer = setTimeout(resolve, HANGS_AFTER_MS, false)));
  return Promise.race([promise, hung]).finally(() => clearTimeout(timer));
}
