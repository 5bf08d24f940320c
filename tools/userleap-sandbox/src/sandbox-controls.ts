import type { Fault } from './fault';
import { faultCheck } from './fault-check';
import type { RecordedRequest } from './recorded-request';
import type { SandboxState } from './sandbox-state';
import type { SandboxUser } from './sandbox-user';

/** What its owner sees of a sandbox, and does to it. */
export interface SandboxControls {
  /** Copies of the recorded requests, the oldest first. */
  requests(): RecordedRequest[];
  /** The users of all environments as they are now; upserts that are not yet applied do not show. */
  users(): SandboxUser[];
  /** How many upserts were accepted and are not yet applied. */
  unapplied(): number;
  /** Throws an `Error` that names the field when the fault makes no sense. */
  addFault(fault: Fault): void;
  /** Forgets the faults that are still to happen. */
  clearFaults(): void;
  /** Forgets requests, users, upserts to come, faults, rate windows and the numbers of the environments. */
  clear(): void;
}

export function controlsOf(state: SandboxState): SandboxControls {
  return {
    requests: () => state.log.list(),
    users: () => state.environments.users(),
    unapplied: () => state.environments.unapplied(),
    addFault(fault) {
      const problem = faultCheck(fault, '');
      if (problem !== undefined) throw new Error(problem);
      state.faults.add(fault);
    },
    clearFaults: () => state.faults.clear(),
    clear: () => state.clear(),
  };
}
