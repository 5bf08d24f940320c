import type { SettingsVector } from '@segment-userleap/contract-tests/settings-vector';
import type { Vector } from '@segment-userleap/contract-tests/vector';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';

/** What the bundle of the libraries exports. */
export interface Libs {
  holdsOnLibs(vector: Vector | SettingsVector): Promise<boolean>;
}

type Wrapper = (module: { exports: unknown }, require: NodeJS.Require) => void;

/**
 * Compiles a CommonJS bundle once, and returns a function that evaluates it again each time: a mutant can be in what a module
 * does when it is loaded. `folder` is where its packages are looked for.
 */
export function loadFreshly(text: string, folder: string): () => Libs {
  const script = new Script(`(function (module, require) {${text}\n})`, { filename: 'mutants.cjs' });
  const requireOutside = createRequire(join(folder, 'package.json'));
  return () => {
    // class-validator keeps what all decorators said, of all copies, in a global: it would grow with each mutant.
    Reflect.deleteProperty(globalThis, 'classValidatorMetadataStorage');
    const module = { exports: {} };
    (script.runInThisContext() as Wrapper)(module, requireOutside);
    return module.exports as Libs;
  };
}
