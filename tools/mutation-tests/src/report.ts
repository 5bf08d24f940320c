import { isEquivalent } from './equivalents';
import type { Equivalent } from './equivalents';
import type { Mutant } from './mutant';
import { isNoticed } from './play-mutants';
import type { Played } from './play-mutants';
import { partOf, PARTS } from './rule-files';

export interface Row {
  readonly part: string;
  readonly mutants: number;
  readonly killed: number;
  /** Of the killed: by the end of their process. Many of them on a busy machine make the score doubtful. */
  readonly timedOut: number;
  readonly equivalent: number;
  readonly survived: number;
  /** Of the survivors: those where no vector even comes. */
  readonly uncovered: number;
  /** Killed of those that are not equivalent, in percent; 100 where there are none. */
  readonly score: number;
}

/** A line for each part that has mutants, and one for all. */
export function scoreByPart(played: readonly Played[], equivalents: readonly Equivalent[]): readonly Row[] {
  const parts = PARTS.map((part) => [part, played.filter(({ mutant }) => partOf(mutant.file) === part)] as const);
  return [...parts.filter(([, own]) => own.length > 0), ['all', played] as const].map(([part, own]) => {
    const killed = own.filter(isNoticed).length;
    const survivors = survivorsOf(own, equivalents);
    const counted = killed + survivors.length;
    return {
      part,
      mutants: own.length,
      killed,
      timedOut: own.filter(({ fate }) => fate === 'timed-out').length,
      equivalent: own.length - counted,
      survived: survivors.length,
      uncovered: survivors.filter(({ fate }) => fate === 'uncovered').length,
      score: counted === 0 ? 100 : (100 * killed) / counted,
    };
  });
}

/** What should have been noticed and was not. */
export function survivorsOf(played: readonly Played[], equivalents: readonly Equivalent[]): readonly Played[] {
  return played.filter((one) => !isNoticed(one) && !isEquivalent(one.mutant, equivalents));
}

/** Survivors as lines for a person, by file. */
export function describeSurvivors(survivors: readonly Played[]): readonly string[] {
  const files = [...new Set(survivors.map(({ mutant }) => mutant.file))];
  return files.flatMap((file) => [
    '',
    ...survivors
      .filter(({ mutant }) => mutant.file === file)
      .map(({ mutant, fate }) => `${describe(mutant)}${fate === 'uncovered' ? '   (no vector comes here)' : ''}`),
  ]);
}

function describe({ file, line, mutator, source, replacement }: Mutant): string {
  return `${file}:${line} ${mutator}: ${shorten(source)} → ${shorten(replacement)}`;
}

function shorten(text: string): string {
  return text.length > 200 ? `${text.slice(0, 100)} … ${text.slice(-90)}` : text;
}
