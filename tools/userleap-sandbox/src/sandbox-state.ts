import { Environments } from './environments';
import { FaultQueue } from './fault-queue';
import { RequestLog } from './request-log';
import type { SandboxOptions } from './sandbox-options';

/** All that a sandbox remembers. */
export class SandboxState {
  readonly log: RequestLog;
  readonly environments: Environments;
  readonly faults = new FaultQueue();

  constructor(readonly options: Required<SandboxOptions>) {
    this.log = new RequestLog(options.maxRecordedRequests);
    this.environments = new Environments(options);
  }

  clear(): void {
    this.log.clear();
    this.environments.clear();
    this.faults.clear();
  }
}
