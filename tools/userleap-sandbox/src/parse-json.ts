// JSON.parse takes any depth, JSON.stringify overflows the stack: a record of such a body could not be shown.
const MAX_LEVELS = 100;

/** The value, or `null` when the text is no JSON or is nested absurdly deep. */
export function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return isDeeperThan(MAX_LEVELS, value) ? null : value;
  } catch {
    return null;
  }
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner));
}
