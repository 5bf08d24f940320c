import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Dispatcher } from './delivery/dispatcher';
import { ReadinessService } from './operations/health/readiness.service';
import { LiveUpdates } from './operations/live-updates';

// A sender that is still sending may end; one that drips must not keep the process.
const LAST_BODIES_MS = 5_000;
// Longer than a request to UserLeap can last, and the last tries to keep its outcome.
const LONGEST_STOP_MS = 20_000;

/**
 * Ends the process: takes nothing new, begins no request, lets what is in flight be answered, keeps its outcomes. Exits with
 * `code` within 20 seconds at worst; nothing is lost then either, but what was in flight is sent again.
 */
export async function stopRelay(relay: NestFastifyApplication, code = 0): Promise<void> {
  setTimeout(() => process.exit(code), LONGEST_STOP_MS).unref();
  setTimeout(() => relay.getHttpServer().closeAllConnections(), LAST_BODIES_MS).unref();
  relay.get(ReadinessService, { strict: false }).stop();
  relay.get(LiveUpdates, { strict: false }).stop();
  // Not only once the last body is there, which a sender may take long to end.
  const isDelivered = relay.get(Dispatcher, { strict: false }).stop();
  await relay.getHttpAdapter().getInstance().close();
  await isDelivered;
  await relay.close();
  process.exit(code);
}
