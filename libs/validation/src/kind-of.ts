/** The kind of a value in words that an error text can show without showing the value: `an array`, `nothing`. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  if (value === '') return 'an empty string';
  if (typeof value === 'number' && !Number.isFinite(value)) return 'a number that is not finite';
  return `a ${typeof value}`;
}
