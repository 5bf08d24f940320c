import { deliverEvents } from '@segment-userleap/delivery';
import type { DeliveryPorts, KnownUsersPort } from '@segment-userleap/delivery';
import { parseSettings } from '@segment-userleap/mapping';
import type { Outcome } from '@segment-userleap/mapping';
import type { RecordedRequest } from '@segment-userleap/userleap-sandbox';
import { scriptedSandboxInProcess, settingsOf } from './scripted-sandbox';
import type { Vector } from './vector';

/** Plays a vector on the libraries alone: the third host, with nothing but what a port needs. */
export async function playOnLibs(
  vector: Pick<Vector, 'now' | 'settings' | 'earlier' | 'events' | 'replies'>,
): Promise<{ requests: readonly RecordedRequest[]; outcomes: readonly Outcome[] }> {
  const sandbox = scriptedSandboxInProcess(vector);
  const settings = parseSettings(settingsOf(vector, sandbox), { unknownUserGraceSeconds: 300 });
  if (!settings.ok) throw new Error(`settings: ${JSON.stringify(settings.issues)}`);
  const now = Date.parse(vector.now);
  const ports: DeliveryPorts = {
    send: async (request) => (await sandbox.exchange(request)) ?? { failure: 'network_failure' },
    knownUsers: rememberedUsers(now),
    now: () => now,
  };
  await deliverEvents(vector.earlier ?? [], settings.value, ports);
  const outcomes = await deliverEvents(vector.events, settings.value, ports);
  return { outcomes, requests: sandbox.requests() };
}

function rememberedUsers(now: number): KnownUsersPort {
  const known = new Set<string>();
  const told = new Set<string>();
  return {
    isKnown: async (userId) => known.has(userId),
    remember: async (userId) => void known.add(userId),
    erased: async (userId) => void known.delete(userId),
    lastTold: async (userId) => (told.has(userId) ? now : undefined),
    told: async (userId) => void told.add(userId),
  };
}
