import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isTextForPeople } from './is-text-for-people';
import type { Mutant } from './mutant';

export interface Mutants {
  readonly mutants: readonly Mutant[];
  /** How many more only change what a person reads. */
  readonly leftOut: number;
  /** The files with all their mutants in them, each behind a switch, by absolute path. */
  readonly sources: ReadonlyMap<string, string>;
}

type Place = Readonly<Record<'start' | 'end', { readonly line: number; readonly column: number }>>;

/** Makes Stryker's mutants of some files. Arguments of decorators and types have none: Stryker leaves them out. */
export async function makeMutants(workspace: string, files: readonly string[]): Promise<Mutants> {
  const { Instrumenter } = await import('@stryker-mutator/instrumenter');
  const originals = new Map(files.map((file) => [join(workspace, file), readFileSync(join(workspace, file), 'utf8')]));
  const result = await new Instrumenter(SILENT).instrument(
    [...originals].map(([name, content]) => ({ name, content, mutate: true })),
    { plugins: null, excludedMutations: [], ignorers: [] },
  );
  const mutants = result.mutants.map(({ id, fileName, location, mutatorName, replacement }) => {
    const lines = (originals.get(fileName) ?? '').split('\n');
    return {
      id,
      file: fileName.slice(workspace.length + 1).replaceAll('\\', '/'),
      line: location.start.line + 1,
      lineText: (lines[location.start.line] ?? '').trim(),
      mutator: mutatorName,
      source: inOneLine(textAt(lines, location)),
      replacement: inOneLine(replacement),
    };
  });
  const rules = mutants.filter((mutant) => !isTextForPeople(mutant));
  return {
    mutants: rules,
    leftOut: mutants.length - rules.length,
    sources: new Map(result.files.map(({ name, content }) => [name, content])),
  };
}

function textAt(lines: readonly string[], { start, end }: Place): string {
  const text = lines.slice(start.line, end.line + 1);
  const last = text.length - 1;
  return text
    .map((line, at) => line.slice(at === 0 ? start.column : 0, at === last ? end.column : undefined))
    .join('\n');
}

function inOneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

const nothing = (): void => undefined;
const no = (): boolean => false;
const SILENT = {
  ...{ trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing, fatal: nothing },
  ...{ isTraceEnabled: no, isDebugEnabled: no, isInfoEnabled: no, isWarnEnabled: no },
  ...{ isErrorEnabled: no, isFatalEnabled: no },
};
