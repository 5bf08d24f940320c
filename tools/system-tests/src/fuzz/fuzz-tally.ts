import type { HostileCase } from './hostile-case';
import type { HostileResult } from './hostile-client';
import { judgeAnswer } from './judge-answer';

const SHOWN = 3;

/** Counts what hostile requests came to. */
export class FuzzTally {
  readonly #statuses = new Map<string, Map<string, number>>();
  readonly #broken = new Map<string, { times: number; examples: string[] }>();

  constructor(private readonly seed: number) {}

  add({ kind, index, isHead }: HostileCase, { answers, problem }: HostileResult): void {
    const counts = this.#statuses.get(kind) ?? new Map<string, number>();
    this.#statuses.set(kind, counts);
    const statuses = answers.length > 0 ? answers.map(({ status }) => String(status)) : ['none'];
    for (const status of statuses) counts.set(status, (counts.get(status) ?? 0) + 1);
    const problems = new Set([problem, ...answers.map((answer) => judgeAnswer(answer, isHead))]);
    for (const sentence of problems) {
      if (sentence === undefined) continue;
      const found = this.#broken.get(sentence) ?? { times: 0, examples: [] };
      this.#broken.set(sentence, found);
      found.times += 1;
      if (found.times <= SHOWN) found.examples.push(`  ${kind}: --seed ${this.seed} --from ${index} --requests 1`);
    }
  }

  /** Rows by kind; a column for each status that occurred. */
  table(): readonly (readonly string[])[] {
    const statuses = [...new Set([...this.#statuses.values()].flatMap((counts) => [...counts.keys()]))].sort();
    const rows = [...this.#statuses].sort(([a], [b]) => a.localeCompare(b));
    return [
      ['', ...statuses],
      ...rows.map(([kind, counts]) => [kind, ...statuses.map((status) => String(counts.get(status) ?? ''))]),
    ];
  }

  /** A sentence for each way in which a promise was broken, with what repeats it. */
  violations(): readonly string[] {
    return [...this.#broken].map(([sentence, { times, examples }]) =>
      [`a request ${sentence}, ${times} times`, ...examples].join('\n'),
    );
  }
}
