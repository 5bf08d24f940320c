/** The value that a share (0 to 1) of the values does not exceed; NaN of none. */
export function percentile(values: Iterable<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

export function median(values: Iterable<number>): number {
  return percentile(values, 0.5);
}
