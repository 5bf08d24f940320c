/** Without surrounding white space where it is text; anything else as it is. */
export function trimText(value: unknown): unknown {
  return typeof value === 'string' ? value.trim() : value;
}
