import type { Sandbox } from '@segment-userleap/userleap-sandbox';
import { until } from '@segment-userleap/relay-driver';

export interface Upsert {
  readonly userId: string;
  readonly emailAddress?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly events?: readonly { readonly event: string; readonly timestamp: number }[];
}

/** Resolves with the newest upsert of a user, or that holds an event of a name, once UserLeap has it. */
export function lastUpsert(
  sandbox: Sandbox,
  wanted: { readonly userId?: string; readonly event?: string },
): Promise<Upsert> {
  return until(`an upsert of ${wanted.userId ?? wanted.event}`, () =>
    sandbox
      .requests()
      .filter(({ method, path }) => method === 'POST' && path === '/v2/users')
      .map(({ body }) => body as Upsert)
      .filter(({ userId, events = [] }) =>
        wanted.event === undefined ? userId === wanted.userId : events.some(({ event }) => event === wanted.event),
      )
      .at(-1),
  );
}
