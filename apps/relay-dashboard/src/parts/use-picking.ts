import { useEffect, useState } from 'preact/hooks';
import type { Picking } from './data-table';

/** Rows that a person has picked; none where `list` is another one. */
export function usePicking(list: string): Picking & { readonly ids: readonly number[]; clear(): void } {
  const [picked, setPicked] = useState<ReadonlySet<string | number>>(new Set());
  const clear = (): void => setPicked(new Set());
  useEffect(clear, [list]);
  const pick: Picking['pick'] = (keys, isPicked) =>
    setPicked((before) => {
      const after = new Set(before);
      for (const key of keys) {
        if (isPicked) after.add(key);
        else after.delete(key);
      }
      return after;
    });
  return { picked, pick, clear, ids: [...picked].map(Number) };
}
