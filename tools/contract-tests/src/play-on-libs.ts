import { deliverEvents } from '@segment-userleap/delivery';
import type { KnownUsersPort } from '@segment-userleap/delivery';
import { parseSettings } from '@segment-userleap/mapping';
import type { Outcome } from '@segment-userleap/mapping';
import type { UserLeapReply, UserLeapRequest } from '@segment-userleap/userleap-api';
import type { RecordedRequest } from '@segment-userleap/userleap-sandbox';
import { settingsOf, startScriptedSandbox } from './scripted-sandbox';
import type { Vector } from './vector';

/** Plays a vector on the libraries alone: the third host, with nothing but what a port needs. */
export async function playOnLibs(
  vector: Pick<Vector, 'now' | 'settings' | 'earlier' | 'events' | 'replies'>,
): Promise<{ requests: readonly RecordedRequest[]; outcomes: readonly Outcome[] }> {
  const sandbox = await startScriptedSandbox(vector);
  try {
    const settings = parseSettings(settingsOf(vector, sandbox), { unknownUserGraceSeconds: 300 });
    if (!settings.ok) throw new Error(`settings: ${JSON.stringify(settings.issues)}`);
    const now = Date.parse(vector.now);
    const ports = { send, knownUsers: rememberedUsers(now), now: () => now };
    await deliverEvents(vector.earlier ?? [], settings.value, ports);
    const outcomes = await deliverEvents(vector.events, settings.value, ports);
    return { outcomes, requests: sandbox.requests() };
  } finally {
    await sandbox.close();
  }
}

async function send({ url, method, headers, body }: UserLeapRequest): Promise<UserLeapReply> {
  try {
    const response = await fetch(url, { method, headers, redirect: 'manual', ...(body === undefined ? {} : { body }) });
    return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
  } catch {
    return { failure: 'network_failure' };
  }
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
