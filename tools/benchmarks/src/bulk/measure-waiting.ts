import { RelayOnSandbox, residentMemory, until } from '@segment-userleap/relay-driver';

const PER_CALL = 500;
const BETWEEN_LIVE_MS = 50;
const PATIENCE_SECONDS = 600;

export interface WaitingFigures {
  readonly requests: number;
  readonly largestMegabytes: number;
  readonly drainedAfterSeconds: number;
  /** The longest that a sender waited for its answer meanwhile. */
  readonly worstCallMs: number;
  readonly peakMegabytes: number;
}

/** An audience all of which waits when the first request goes: a real relay on a file. */
export async function measureWaiting(members: number): Promise<WaitingFigures> {
  const pair = await RelayOnSandbox.start({}, { USERLEAP_BULK_UPSERTS: 'true' });
  try {
    await pair.admin.pause('default');
    for (let from = 0; from < members; from += PER_CALL) {
      const batch = Array.from({ length: Math.min(PER_CALL, members - from) }, (_, at) =>
        identify(`user-${from + at}`),
      );
      await pair.post('/v1/batch', { batch }).then((answer) => answer.arrayBuffer());
    }
    const start = performance.now();
    await pair.admin.resume('default');
    let isDone = false;
    const drained = until(
      'nothing to wait',
      async () => ((await pair.admin.overview()).pending === 0 ? true : undefined),
      PATIENCE_SECONDS,
    ).finally(() => (isDone = true));
    let worstCallMs = 0;
    while (!isDone) {
      const asked = performance.now();
      await (await pair.post('/v1/identify', identify('live'))).arrayBuffer();
      worstCallMs = Math.max(worstCallMs, performance.now() - asked);
      await Promise.race([drained, new Promise((resolve) => setTimeout(resolve, BETWEEN_LIVE_MS))]);
    }
    await drained;
    const bulks = pair.sandbox.requests().filter(({ path }) => path.startsWith('/v1/users/bulk'));
    return {
      requests: bulks.length,
      largestMegabytes: Math.max(...bulks.map(({ bodyText }) => bodyText.length)) / 1e6,
      drainedAfterSeconds: (performance.now() - start) / 1_000,
      worstCallMs,
      peakMegabytes: residentMemory(pair.relay.pid)?.peak ?? NaN,
    };
  } finally {
    await pair.stop();
  }
}

function identify(userId: string): object {
  return { type: 'identify', userId, traits: { ordered_last_30_days: userId.endsWith('1') } };
}
