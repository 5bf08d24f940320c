import { setFlagsFromString } from 'node:v8';

/**
 * How much may come to what is alive in the heap before all of it is swept, in percent of it. V8 lets 300 come. Here most of that is of
 * turns that have ended: they live just long enough to be taken for old. 25 MB became 110 MB.
 */
export const HEAP_GROWTH = '--heap-growing-percent=200';

/**
 * In every thread of the process. What is swept more often is small: it takes no time that shows beside a request's. For a relay that has
 * started: what Node and others keep of compiled scripts is not theirs under other options.
 */
export function keepHeapSmall(): void {
  setFlagsFromString(HEAP_GROWTH);
}
