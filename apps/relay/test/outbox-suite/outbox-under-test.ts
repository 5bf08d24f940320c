import type { BacklogLimits } from '../../src/outbox/port/backlog-limits';
import type { OutboxPort } from '../../src/outbox/port/outbox.port';

/** The outbox that a test of the suite is about. */
export interface OutboxUnderTest {
  outbox(): OutboxPort;
  /** Closes and opens it, as a restart does. */
  reopen(limits?: Partial<BacklogLimits>): Promise<OutboxPort>;
}
