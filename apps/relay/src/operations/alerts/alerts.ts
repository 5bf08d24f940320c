import { Inject, Injectable, Logger } from '@nestjs/common';
import { RELAY_CONFIG } from '../../config/relay-config';
import type { RelayConfig } from '../../config/relay-config';
import type { Alert } from './alert';
import { alertRequest } from './alert-request';

const PATIENCE_MS = 10_000;
const WAITS_MS = [1_000, 5_000, 30_000, 120_000];
// What nobody takes must not fill the memory.
const MOST_WAITING = 100;

/** Posts alerts to `RELAY_ALERT_URL`, one after the other; each is tried five times. Without that address it does nothing. */
@Injectable()
export class Alerts {
  private readonly logger = new Logger('alerts');
  #waiting = 0;
  #last: Promise<void> = Promise.resolve();

  constructor(@Inject(RELAY_CONFIG) private readonly config: Pick<RelayConfig, 'alert' | 'name'>) {}

  /** Returns at once. */
  tell(alert: Alert): void {
    const { alert: address, name: relay } = this.config;
    if (!address || this.#waiting >= MOST_WAITING) return;
    this.#waiting += 1;
    const request = { ...alertRequest(alert, { ...address, relay, at: Date.now() }), url: address.url };
    this.#last = this.#last
      .then(() => this.#post(request))
      .then((problem) => {
        this.#waiting -= 1;
        if (problem !== undefined)
          this.logger.warn(`RELAY_ALERT_URL did not take an alert (${problem}): ${alert.text}`);
      });
  }

  /** Returns what kept it from being taken; undefined where it was. */
  async #post(request: ReturnType<typeof alertRequest> & { readonly url: string }): Promise<string | undefined> {
    let problem = await tryToPost(request);
    for (const waitMs of WAITS_MS) {
      if (problem === undefined) break;
      await new Promise<void>((resolve) => void setTimeout(resolve, waitMs).unref());
      problem = await tryToPost(request);
    }
    return problem;
  }
}

async function tryToPost({ url, ...request }: ReturnType<typeof alertRequest> & { readonly url: string }) {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const answer = await fetch(url, { method: 'POST', redirect: 'error', ...request, signal });
    await answer.body?.cancel();
    return answer.ok ? undefined : `status ${answer.status}`;
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError' ? 'no answer in 10 s' : 'it could not be reached';
  }
}
