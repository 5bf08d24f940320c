/** How and when a process of the relay was killed. */
export interface CrashRound {
  readonly how: string;
  /** That it listened; of one that came to listen never, that it ran. */
  readonly seconds: number;
  /** The faults that were in store, and did not all happen. */
  readonly faults: string;
  /** Events that were answered 200. */
  readonly acknowledged: number;
  /** Requests that UserLeap got, by status: `202 × 31, 503 × 5`; 0 is one without answer. */
  readonly requests: string;
}

/** What a crash test came to. */
export interface CrashReport {
  /** Names and figures. */
  readonly summary: readonly (readonly [what: string, figure: string | number])[];
  /** A sentence for each promise that was broken. */
  readonly violations: readonly string[];
}

export function formatRound(number: number, { how, seconds, faults, acknowledged, requests }: CrashRound): string {
  const events = `${String(acknowledged).padStart(5)} events in`;
  const head = `round ${String(number).padStart(3)}  ${seconds.toFixed(1).padStart(4)} s  killed ${how.padEnd(18)}`;
  return `${head}${events}  out: ${requests || 'nothing'}  in store: ${faults || 'none'}`;
}

export function formatReport({ summary, violations }: CrashReport): string {
  const width = Math.max(...summary.map(([what]) => what.length));
  const rows = summary.map(([what, figure]) => `  ${what.padEnd(width)}  ${String(figure).padStart(8)}`);
  return ['', ...rows, '', ...violations.map((sentence) => `broken: ${sentence}`)].join('\n');
}

/** `202 × 31, 503 × 5`. */
export function countEach(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => `${value} × ${count}`).join(', ');
}
