import { join } from 'node:path';
import type { Plugin } from 'rollup';

const STAND_IN = 'apps/segment-function/src/class-validator.ts';

/** Puts the little that the Function needs of class-validator in the place of the package, which is 13 KB of the minified file. */
export function adaptClassValidator(workspace: string): Plugin {
  return {
    name: 'adapt-class-validator',
    resolveId: (source) => (source === 'class-validator' ? join(workspace, STAND_IN) : null),
  };
}
