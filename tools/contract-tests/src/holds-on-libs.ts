import { meetsExpectation } from './meets-expectation';
import { playOnLibs } from './play-on-libs';
import { meetsSettingsCase } from './play-settings-on-libs';
import type { SettingsVector } from './settings-vector';
import type { Vector } from './vector';

/** True if the libraries keep a vector's promise. Opens nothing and waits for nothing: for whoever asks thousands of times. */
export async function holdsOnLibs(vector: Vector | SettingsVector): Promise<boolean> {
  if ('cases' in vector) return vector.cases.every(meetsSettingsCase);
  return meetsExpectation(vector, await playOnLibs(vector));
}
