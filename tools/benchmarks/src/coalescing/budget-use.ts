/** The most requests in any window of this length; `times` in order. One at each end of a window is not two in it. */
export function mostInAnyWindow(times: readonly number[], windowMs: number): number {
  let most = 0;
  let first = 0;
  for (const [index, time] of times.entries()) {
    while ((times[first] ?? Infinity) <= time - windowMs) first += 1;
    most = Math.max(most, index - first + 1);
  }
  return most;
}

/**
 * The requests of each window, counted from the first request, at whose end something still waits: then a sender that
 * saves nothing has used the window up.
 */
export function countsWhileDue(
  times: readonly number[],
  windowMs: number,
  isDueAt: (time: number) => boolean,
): readonly number[] {
  const start = times[0] ?? 0;
  const counts: number[] = [];
  for (const time of times) {
    const window = Math.floor((time - start) / windowMs);
    counts[window] = (counts[window] ?? 0) + 1;
  }
  return Array.from(counts, (count) => count ?? 0).filter((_, window) => isDueAt(start + (window + 1) * windowMs));
}
