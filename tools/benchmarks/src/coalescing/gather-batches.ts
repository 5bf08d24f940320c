import type { TraceEvent } from './trace';

export interface Batch {
  /** When it is sent; its events happened before. */
  readonly at: number;
  readonly events: readonly TraceEvent[];
}

/** The calls in which sources send a trace that gather events for a moment, as Segment and its SDKs do. */
export function gatherBatches(trace: readonly TraceEvent[], everyMs: number): readonly Batch[] {
  const batches = new Map<number, TraceEvent[]>();
  for (const event of trace) {
    const at = (Math.floor(event.at / everyMs) + 1) * everyMs;
    const events = batches.get(at);
    if (events) events.push(event);
    else batches.set(at, [event]);
  }
  return [...batches].map(([at, events]) => ({ at, events }));
}
