import { parseArgs } from 'node:util';

export interface CommandLine {
  /** True for the files, as paths in the workspace, whose mutants are wanted. */
  readonly isWanted: (file: string) => boolean;
  readonly workers: number;
}

/** Throws an `Error` that names the option which cannot be used. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const { values } = parseArgs({
    args: [...args],
    options: { files: { type: 'string', default: '**' }, workers: { type: 'string', default: '2' } },
  });
  if (!/^[12]$/.test(values.workers)) throw new Error('--workers: expected 1 or 2');
  const wanted = toRegExp(values.files);
  return { isWanted: (file) => wanted.test(file), workers: Number(values.workers) };
}

/** `*` is any part of a name, `**` any part of a path. The end of a path is enough: `map-page.ts`, `traits/*`. */
function toRegExp(glob: string): RegExp {
  const source = glob.split(/(\*+)/).map((part) => {
    if (part.startsWith('**')) return '.*';
    return part === '*' ? '[^/]*' : part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`(?:^|/)${source.join('')}$`);
}
