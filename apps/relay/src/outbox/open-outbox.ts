import type { RelayConfig } from '../config/relay-config';
import { GroupCommit } from './group-commit';
import { openOutboxThread } from './outbox-thread';
import type { OutboxPort } from './outbox.port';

/** The relay's store, open. Rejects where it cannot be opened, or another relay has it. */
export async function openOutbox({ databasePath, backlogLimit }: RelayConfig): Promise<OutboxPort> {
  const outbox = await openOutboxThread({ path: databasePath, backlogLimit });
  const group = new GroupCommit((events) => outbox.accept(events));
  return { ...outbox, accept: (events) => group.accept(events) };
}
