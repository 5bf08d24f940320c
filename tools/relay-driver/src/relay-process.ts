import { join } from 'node:path';
import { startServer } from './server-process';
import type { ServerProcess } from './server-process';

/** The built relay. */
export const RELAY = join(__dirname, '../../../dist/apps/relay/main.js');
const FROZEN_CLOCK = join(__dirname, '../src/frozen-clock.cjs');
// Measurements are of the relay as it is.
const CODE_CACHE = process.env['JEST_WORKER_ID'] === undefined ? [] : [join(__dirname, '../src/code-cache.cjs')];

/** The built relay as a process of its own, reached over HTTP. */
export interface RelayProcess extends ServerProcess {
  /** Only of a relay that was started with a frozen clock. */
  setClock(now: number): Promise<void>;
}

export interface RelayStart {
  readonly frozenClock?: boolean;
  /** Of another copy of it. */
  readonly main?: string;
  /** A command that becomes the one whose words follow its own. */
  readonly launcher?: readonly string[];
}

/** Starts the relay on a free port, with nothing but the given environment. */
export async function startRelay(
  env: Readonly<Record<string, string>>,
  { frozenClock = false, main = RELAY, launcher = [] }: RelayStart = {},
): Promise<RelayProcess> {
  const server = await startServer(
    main,
    { PORT: '0', ...env },
    {
      preload: [...CODE_CACHE, ...(frozenClock ? [FROZEN_CLOCK] : [])],
      launcher,
    },
  );
  return { ...server, setClock: async (now) => void (await server.ask({ now })) };
}
