/** The sum up to each place, that one included. */
export function soFar(values: readonly number[]): readonly number[] {
  let sum = 0;
  return values.map((value) => (sum += value));
}
