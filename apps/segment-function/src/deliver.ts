import { deliverEvents } from '@segment-userleap/delivery';
import type { Outcome } from '@segment-userleap/mapping';
import { parseSettings } from '@segment-userleap/mapping';
import { formatIssue } from '@segment-userleap/validation';
import { cachedKnownUsers } from './cached-known-users';
import { sendWithFetch } from './send-with-fetch';

// Segment ends a call after 5 s and then repeats all of it, delivered or not.
const CALL_BUDGET_MS = 4_500;
const LAST_START_MS = 4_000;
const REQUEST_TIMEOUT_MS = 3_000;
// A batch can leave out 40,000 traits; writing them all would take longer than is left.
const MAX_LINES = 1_000;
// Each of a hundred patterns can be wrong; who has mended these sees the next ones.
const MAX_ISSUES = 5;
// Segment retries for four hours, but a Function cannot see whether an Identify is still to come.
const HOST_DEFAULTS = { unknownUserGraceSeconds: 300 };

/** Brings events to UserLeap within Segment's time limit. Throws `ValidationError` where a setting is wrong. */
export async function deliver(events: readonly unknown[], rawSettings: unknown): Promise<readonly Outcome[]> {
  const start = Date.now();
  const settings = parseSettings(rawSettings, HOST_DEFAULTS);
  if (!settings.ok) {
    throw new ValidationError(`Settings: ${settings.issues.slice(0, MAX_ISSUES).map(formatIssue).join('; ')}`);
  }
  const outcomes = await deliverEvents(events, settings.value, {
    send: (request) => sendWithFetch(request, Math.min(REQUEST_TIMEOUT_MS, start + CALL_BUDGET_MS - Date.now())),
    knownUsers: cachedKnownUsers(settings.value),
    now: () => Date.now(),
    deadline: start + LAST_START_MS,
  });
  for (const { trait, code } of outcomes.flatMap(({ warnings }) => warnings).slice(0, MAX_LINES))
    console.log(`left out: ${trait} (${code})`);
  return outcomes;
}
