import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expand } from './expand';
import type { Vector } from './vector';

const FOLDER = join(__dirname, '../vectors');

/** All vectors, in order of their names. */
export function loadVectors(): readonly Vector[] {
  return readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const text = readFileSync(join(FOLDER, file), 'utf8');
      return { ...(expand(JSON.parse(text)) as Omit<Vector, 'name'>), name: file.slice(0, -'.json'.length) };
    });
}
