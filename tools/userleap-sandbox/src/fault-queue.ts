import type { Call } from './call';
import type { Fault, FaultMatch } from './fault';
import { isRecord } from './is-record';
import { mentionsUser } from './mentions-user';

interface QueuedFault {
  fault: Fault;
  skip: number;
  times: number;
}

/** The faults that are still to happen, in order of registration. */
export class FaultQueue {
  private queue: QueuedFault[] = [];

  add(fault: Fault): void {
    this.queue.push({ fault, skip: fault.skip ?? 0, times: fault.times ?? 1 });
  }

  /** The fault for this request, counted as used. Faults behind it do not see the request. */
  take(call: Call): Fault | undefined {
    for (const queued of this.queue) {
      if (!isMatch(call, queued.fault.match ?? {})) continue;
      if (queued.skip > 0) {
        queued.skip -= 1;
        continue;
      }
      queued.times -= 1;
      if (queued.times === 0) this.queue = this.queue.filter((other) => other !== queued);
      return queued.fault;
    }
    return undefined;
  }

  clear(): void {
    this.queue = [];
  }
}

function isMatch(call: Call, { method, path, userId, event }: FaultMatch): boolean {
  return (
    (method === undefined || method === call.method) &&
    (path === undefined || path === call.path) &&
    (userId === undefined || mentionsUser(call, userId)) &&
    (event === undefined || hasEvent(call.body, event))
  );
}

function hasEvent(body: unknown, name: string): boolean {
  const events = isRecord(body) ? body['events'] : undefined;
  return Array.isArray(events) && events.some((event) => isRecord(event) && event['event'] === name);
}
