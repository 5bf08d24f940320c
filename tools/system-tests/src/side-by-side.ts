/**
 * Begins to play every case at once, and hands out what each came to: tests that mostly wait do not wait for each other. A
 * case that fails does so where it is asked for.
 */
export function sideBySide<T>(
  names: readonly string[],
  play: (name: string) => Promise<T>,
): (name: string) => Promise<T> {
  const plays = new Map(names.map((name) => [name, play(name)]));
  for (const one of plays.values()) one.catch(() => undefined);
  return async (name) => {
    const one = plays.get(name);
    if (!one) throw new Error(`nothing is played as ${name}`);
    return one;
  };
}
