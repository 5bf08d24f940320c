import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { FunctionForm, PlayedOnFunction } from '../play-on-function';

const PLAY_ALL = join(__dirname, '../../out-nodes/play-all.js');

/** A vector as it was played in one form. */
export interface PlayedLine {
  /** Version of the Node that played it: `v18.20.8`. */
  readonly node: string;
  readonly form: FunctionForm;
  readonly vector: string;
  readonly played: PlayedOnFunction;
}

/** Plays all vectors in a process of this Node, which has this place among the other ones. */
export async function playOnNode(path: string, place: number): Promise<readonly PlayedLine[]> {
  const { stdout } = await promisify(execFile)(path, [PLAY_ALL, String(place)], { maxBuffer: Infinity });
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as PlayedLine);
}
