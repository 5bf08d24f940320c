import { startSandbox } from '@segment-userleap/userleap-sandbox';
import type { Sandbox } from '@segment-userleap/userleap-sandbox';
import { API_KEY } from '@segment-userleap/relay-driver';

/** A UserLeap that behaves in a certain way. */
export interface Conduct {
  readonly sandbox: Sandbox;
  /** What has changed by the time that Segment sends again. */
  recover(): Promise<void>;
}

const ALWAYS = 1_000_000;
const WINDOW = { requests: 40, windowMs: 300_000 };

/** How UserLeap behaves towards a batch of so many events, by name. */
export const CONDUCTS: Readonly<Record<string, (size: number) => Promise<Conduct>>> = {
  async fast() {
    const sandbox = await startSandbox({ applyDelayMs: 0 });
    return { sandbox, recover: async () => undefined };
  },

  async slow() {
    const sandbox = await startSandbox({ applyDelayMs: 0 });
    // Twice of it is just before no request begins any more: what is in time and what is not differs by a wide margin.
    sandbox.addFault({ delayMs: 2_000, times: ALWAYS });
    return { sandbox, recover: async () => undefined };
  },

  /** Answers nothing, and takes nothing, until it recovers. */
  async hanging() {
    const sandbox = await startSandbox({ applyDelayMs: 0 });
    sandbox.addFault({ hang: true, times: ALWAYS });
    let isHanging = true;
    const recover = async (): Promise<void> => {
      if (isHanging) sandbox.clear();
      isHanging = false;
    };
    return { sandbox, recover };
  },

  async 'failing every fifth request'() {
    const sandbox = await startSandbox({ applyDelayMs: 0 });
    // A fault that has passed over its requests is counted by no other: so each passes over four more.
    for (let fault = 1; fault <= 200; fault += 1) sandbox.addFault({ skip: 4 * fault, status: 503 });
    // Somebody else's request, so that the fifth is not the same one in every call.
    return { sandbox, recover: () => lookUpSomebody(sandbox) };
  },

  /** Something else uses the key, too; Segment sends again when there is room for as many requests as the window takes. */
  async 'rate-limiting'(size) {
    let now = Date.now();
    const sandbox = await startSandbox({ applyDelayMs: 0, rateLimit: WINDOW, now: () => now });
    const room = size === 1 ? 0 : size === 20 ? 4 : WINDOW.requests;
    for (let spent = room; spent < WINDOW.requests; spent += 1) await lookUpSomebody(sandbox);
    return { sandbox, recover: async () => void (now += WINDOW.windowMs) };
  },
};

async function lookUpSomebody({ url }: Sandbox): Promise<void> {
  const response = await fetch(`${url}/v2/users/somebody`, { headers: { authorization: `API-Key ${API_KEY}` } });
  await response.text();
}
