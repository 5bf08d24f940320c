import { join } from 'node:path';
import { startServer } from './server-process';
import type { ServerProcess } from './server-process';

/** The built relay. */
export const RELAY = join(__dirname, '../../../dist/apps/relay/main.js');
const FROZEN_CLOCK = join(__dirname, '../src/frozen-clock.cjs');

/** The built relay as a process of its own, reached over HTTP. */
export interface RelayProcess extends ServerProcess {
  /** Only of a relay that was started with a frozen clock. */
  setClock(now: number): Promise<void>;
}

/** Starts the relay on a free port, with nothing but the given environment. `main`: of another copy of it. */
export async function startRelay(
  env: Readonly<Record<string, string>>,
  { frozenClock = false, main = RELAY }: { frozenClock?: boolean; main?: string } = {},
): Promise<RelayProcess> {
  const server = await startServer(main, { PORT: '0', ...env }, { preload: frozenClock ? [FROZEN_CLOCK] : [] });
  return { ...server, setClock: async (now) => void (await server.ask({ now })) };
}
