import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const BUILT = join(__dirname, '../../../../dist/segment-function');
const FIXTURES = join(__dirname, '../../fixtures');

/** A function to measure, as it is pasted. */
export interface FunctionCode {
  readonly name: string;
  readonly code: string;
}

export const readReadable = (): FunctionCode => read(BUILT, 'userleap.js');
export const readMinified = (): FunctionCode => read(BUILT, 'userleap.min.js');
export const readByHand = (): FunctionCode => read(FIXTURES, 'one-request-per-event.js');

function read(folder: string, name: string): FunctionCode {
  return { name, code: readFileSync(join(folder, name), 'utf8') };
}
