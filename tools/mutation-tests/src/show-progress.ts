import { isNoticed } from './play-mutants';
import type { Played } from './play-mutants';

const EVERY_MS = 10_000;

/** Tells every ten seconds how far it is. */
export function showProgress(total: number): (played: Played) => void {
  const startedAt = performance.now();
  let toldAt = startedAt;
  let done = 0;
  let survive = 0;
  return (played) => {
    done += 1;
    if (!isNoticed(played)) survive += 1;
    const now = performance.now();
    if (now - toldAt < EVERY_MS && done < total) return;
    toldAt = now;
    console.log(`${done} of ${total}, ${survive} survive, ${((now - startedAt) / 1_000).toFixed(0)} s`);
  };
}
