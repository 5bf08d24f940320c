import { deliverEvents } from '@segment-userleap/delivery';
import type { Outcome, Settings } from '@segment-userleap/mapping';
import { parseSettings } from '@segment-userleap/mapping';
import { formatIssue } from '@segment-userleap/validation';
import { cachedUsers, UNCHANGED_MS } from './cached-users';
import { retryError } from './retry-error';
import { sendWithFetch } from './send-with-fetch';

// Segment ends a call after 5 s and then repeats all of it, delivered or not.
const CALL_BUDGET_MS = 4_500;
const LAST_START_MS = 4_000;
// A batch can leave out 40,000 traits; writing them all would take longer than is left.
const MAX_LINES = 1_000;
// Each of a hundred patterns can be wrong; who has mended these sees the next ones.
const MAX_ISSUES = 5;
// Segment retries for four hours, but a Function cannot see whether an Identify is still to come.
const HOST_DEFAULTS = { unknownUserGraceSeconds: 300 };

/** Brings events to UserLeap within Segment's time limit. Throws `ValidationError` for a wrong setting, else `RetryError`. */
export async function deliver(events: readonly unknown[], rawSettings: unknown): Promise<readonly Outcome[]> {
  let refusal: string;
  try {
    const start = Date.now();
    const settings = parseSettings(rawSettings, HOST_DEFAULTS);
    if (settings.ok) return await deliverFrom(start, events, settings.value);
    refusal = `Settings: ${settings.issues.slice(0, MAX_ISSUES).map(formatIssue).join('; ')}`;
  } catch (error) {
    // Segment discards all events of a call that throws anything else. Without its text, which may quote an event.
    throw retryError(`the Function failed (${(error as Error | undefined)?.name}); Segment sends it again`);
  }
  throw new ValidationError(refusal);
}

async function deliverFrom(start: number, events: readonly unknown[], settings: Settings): Promise<readonly Outcome[]> {
  const outcomes = await deliverEvents(events, settings, {
    send: (request) => sendWithFetch(request, start + CALL_BUDGET_MS - Date.now()),
    users: cachedUsers(settings),
    now: () => Date.now(),
    unchangedMs: UNCHANGED_MS,
    deadline: start + LAST_START_MS,
  });
  sayLeftOut(outcomes);
  return outcomes;
}

function sayLeftOut(outcomes: readonly Outcome[]): void {
  try {
    for (const { trait, code } of outcomes.flatMap(({ warnings }) => warnings).slice(0, MAX_LINES))
      console.log(`left out: ${trait} (${code})`);
  } catch {
    // What is delivered stays delivered.
  }
}
