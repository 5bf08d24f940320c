import type { OutboxPort } from '../../src/outbox/port/outbox.port';

/** The outbox that a test of the suite is about. */
export interface OutboxUnderTest {
  outbox(): OutboxPort;
  /** Closes and opens it, as a restart does. */
  reopen(backlogLimit?: number): Promise<OutboxPort>;
}
