import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { InputError } from './input-error';

/** The files that the command writes, by the option that names them. */
export type OwnFiles = Readonly<Record<string, string>>;

/** Throws with a sentence where one cannot be written: sooner than after hours of work. */
export function expectWritable(own: OwnFiles): void {
  for (const [option, path] of Object.entries(own)) {
    const there = statSync(path, { throwIfNoEntry: false });
    // A device, or a folder: nothing that may be put another in the place of.
    if (there && !there.isFile()) throw new InputError(`${option}: expected a file, found something else of that name`);
    try {
      accessSync(dirname(path), constants.W_OK);
      if (there) accessSync(path, constants.R_OK | constants.W_OK);
    } catch (error) {
      const { code = '' } = error as { code?: string };
      throw new InputError(`${option}: expected a file that can be written (${code})`);
    }
  }
}
