import type { Verdict } from './verdict';

interface BatchItem {
  status: number;
  errormessage?: unknown;
}

/**
 * One verdict for each of `count` events, by position. A result of another shape is a bug in the function, and
 * discards the whole batch.
 */
export function classifyBatchResult(result: unknown, count: number): readonly Verdict[] {
  const discardAll = (message: string) =>
    Array.from({ length: count }, (): Verdict => ({ verdict: 'discarded', as: 'bad_request', message }));

  if (!Array.isArray(result)) return discardAll(`onBatch: expected an array, got ${kindOf(result)}`);
  if (result.length !== count) return discardAll(`onBatch: expected ${count} results, got ${result.length}`);

  // Array.from: `map` and `findIndex` on a sparse result would not agree on its holes.
  const items: readonly unknown[] = Array.from(result);
  if (items.every(isBatchItem)) return items.map(classifyItem);
  const wrong = items.findIndex((item) => !isBatchItem(item));
  return discardAll(`onBatch: result ${wrong}: expected a numeric status`);
}

function isBatchItem(item: unknown): item is BatchItem {
  return typeof item === 'object' && item !== null && 'status' in item && Number.isInteger(item.status);
}

function classifyItem({ status, errormessage }: BatchItem): Verdict {
  if (status === 200) return { verdict: 'delivered', status };
  const details = { status, ...(typeof errormessage === 'string' && { message: errormessage }) };
  if (status === 500) return { verdict: 'retried', ...details };
  // Segment documents 200, 400 and 500: nobody can count on what it does with another one.
  return { verdict: 'discarded', as: 'bad_request', ...details };
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : typeof value;
}
