import { relative } from 'node:path';
import type { Plugin } from 'rollup';

/** Puts the name of each file above its code. */
export function moduleHeadings(workspace: string): Plugin {
  return {
    name: 'module-headings',
    renderChunk(code, { modules }) {
      let rest = code;
      let done = '';
      for (const [file, { code: own }] of Object.entries(modules)) {
        if (!own) continue;
        const name = nameOf(file, workspace);
        const at = rest.indexOf(own);
        if (at < 0) throw new Error(`${name}: its code is not in the bundle as it was written`);
        done += `${rest.slice(0, at)}// ${name}\n${own}`;
        rest = rest.slice(at + own.length);
      }
      return { code: done + rest, map: null };
    },
  };
}

// A package may be installed outside of the workspace; where must not show.
function nameOf(file: string, workspace: string): string {
  const path = relative(workspace, file).replaceAll('\\', '/');
  return path.slice(Math.max(0, path.lastIndexOf('node_modules/')));
}
