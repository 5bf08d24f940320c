/** Nothing was moved, or not all; the text says why, and holds nothing of what is stored. */
export class MoveRefused extends Error {
  override readonly name = 'MoveRefused';
}
