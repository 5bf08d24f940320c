import { setImmediate } from 'node:timers/promises';
import { deliverEvents } from '@segment-userleap/delivery';
import type { DeliveryPorts } from '@segment-userleap/delivery';
import { ClaimedEvent, mapClaimable, parseSettings, routeEvent } from '@segment-userleap/mapping';
import type { Outcome } from '@segment-userleap/mapping';
import type { UserLeapRequest } from '@segment-userleap/userleap-api';
import type { RecordedRequest } from '@segment-userleap/userleap-sandbox';
import { HeldVisitors } from './held-visitors';
import type { Playable } from './play-on-function';
import { batchesBefore } from './batches-before';
import { rememberedUsers } from './remembered-users';
import { scriptedSandboxInProcess, settingsOf } from './scripted-sandbox';

const UNCHANGED_MS = 24 * 60 * 60_000;

/** Plays a vector on the libraries alone: the third host, with nothing but what a port needs. */
export async function playOnLibs(
  vector: Playable,
): Promise<{ requests: readonly RecordedRequest[]; outcomes: readonly Outcome[] }> {
  const sandbox = scriptedSandboxInProcess(vector);
  const settings = parseSettings(settingsOf(vector, sandbox), { unknownUserGraceSeconds: 300 });
  if (!settings.ok) throw new Error(`settings: ${JSON.stringify(settings.issues)}`);
  let now = Date.parse(vector.now);
  const users = rememberedUsers(() => now);
  const tracked = new Set<string>();
  const mayGo = ({ upsert }: UserLeapRequest): boolean => {
    if (!upsert || tracked.has(upsert.userId)) return true;
    if (tracked.size >= (vector.monthlyUsers ?? Infinity)) return false;
    tracked.add(upsert.userId);
    return true;
  };
  const portsFor = (given: readonly unknown[]): DeliveryPorts => ({
    send: async (request, events) => {
      // A host keeps a request with the events that it is about.
      if (!events.some((index) => index in given)) throw new Error(`${request.kind}: about no event`);
      if (!mayGo(request)) return { failure: 'monthly_limit' };
      const reply = await sandbox.exchange(request);
      // As over a network: whatever is begun beside it is under way before the answer comes.
      await setImmediate();
      return reply ?? { failure: 'network_failure' };
    },
    users,
    mapEvent: mapClaimable,
    now: () => now,
    unchangedMs: UNCHANGED_MS,
  });
  const visitors = vector.hold === undefined ? undefined : new HeldVisitors(settings.value, Date.parse(vector.now));
  for (const batch of batchesBefore(vector)) {
    now = Date.parse(batch.now);
    const events = visitors?.pass(batch.events) ?? batch.events;
    await deliverEvents(events, settings.value, portsFor(events));
  }
  const earlier = sandbox.requests().length;
  const route = (event: unknown) => routeEvent(event, settings.value);
  const routed = vector.door === 'tracking' ? vector.events.map(route) : vector.events;
  const events = visitors?.pass(routed) ?? routed;
  const outcomes = await deliverEvents(events, settings.value, portsFor(events));
  const own = outcomes.filter((_, index) => !(events[index] instanceof ClaimedEvent));
  return { outcomes: own, requests: sandbox.requests().slice(earlier) };
}
