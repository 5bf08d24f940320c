import { meetsExpectation } from './meets-expectation';
import { playOnLibs } from './play-on-libs';
import type { Vector } from './vector';

/** True if the libraries keep a vector's promise. Opens nothing and waits for nothing: for whoever asks thousands of times. */
export async function holdsOnLibs(vector: Vector): Promise<boolean> {
  return meetsExpectation(vector, await playOnLibs(vector));
}
