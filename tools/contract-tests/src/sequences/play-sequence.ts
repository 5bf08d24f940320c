import { deliverEvents } from '@segment-userleap/delivery';
import type { DeliveryPorts } from '@segment-userleap/delivery';
import { parseSettings } from '@segment-userleap/mapping';
import type { Outcome } from '@segment-userleap/mapping';
import { API_KEY } from '@segment-userleap/relay-driver';
import type { SandboxUser } from '@segment-userleap/userleap-sandbox';
import { rememberedUsers } from '../remembered-users';
import { SlowSandbox } from './slow-sandbox';
import type { Sequence, SequenceEvent } from './arbitrary-sequence';

/** What UserLeap has of the users in the end, by id. How often an event happened is left out: a late Alias can change it. */
export type EndState = Readonly<Record<string, unknown>>;

// Longer than UserLeap takes to show what it was told.
const BETWEEN_TURNS_MS = 11_000;
// For what waits for a user that never comes.
const GRACE_SECONDS = 86_400;
const MOST_TURNS = 100;

/** The end of the same calls one by one, each of them when UserLeap has applied those before, and nothing fails. */
export function playOneByOne({ events }: Pick<Sequence, 'events'>): Promise<EndState> {
  return play(
    events.map((event) => [event]),
    [],
  );
}

/** The end of the calls in batches; what has to be retried goes before what comes later. */
export function playInBatches({ events, cuts, failures }: Sequence): Promise<EndState> {
  const batches: SequenceEvent[][] = [];
  let from = 0;
  for (const cut of cuts) batches.push(events.slice(from, (from += cut)));
  return play([...batches, events.slice(from)], failures);
}

async function play(batches: readonly (readonly SequenceEvent[])[], failures: Sequence['failures']): Promise<EndState> {
  let now = Date.parse('2026-01-15T11:00:00.000Z');
  const sandbox = new SlowSandbox(() => now);
  const settings = parseSettings(
    { apiKey: API_KEY, endpoint: sandbox.url },
    { unknownUserGraceSeconds: GRACE_SECONDS },
  );
  if (!settings.ok) throw new Error('settings');
  let sent = 0;
  const ports: DeliveryPorts = {
    send: async (request) => {
      const failure = failures.find(({ at }) => at === sent);
      sent += 1;
      if (failure) return { status: failure.status, headers: {}, body: '' };
      return sandbox.exchange(request);
    },
    knownUsers: rememberedUsers(() => now),
    now: () => now,
  };
  let waiting: readonly SequenceEvent[] = [];
  const left = [...batches];
  let isOver = false;
  for (let turn = 0; !isOver && turn < MOST_TURNS; turn += 1) {
    const events = [...waiting, ...(left.shift() ?? [])];
    const outcomes = await deliverEvents(events, settings.value, ports);
    const stays = events.filter((_, index) => outcomes[index]?.outcome === 'retry');
    // What waits for an Identify that never comes would wait for ever.
    isOver = left.length === 0 && stays.length === events.length && outcomes.every(waitsForUser);
    waiting = stays;
    now += BETWEEN_TURNS_MS;
    await sandbox.applyAll();
  }
  return endState(sandbox.users());
}

function waitsForUser(outcome: Outcome): boolean {
  return outcome.outcome === 'retry' && outcome.reason === 'unknown_user';
}

/** What counts of the users of a sandbox. */
export function endState(users: readonly SandboxUser[]): EndState {
  return Object.fromEntries(
    users.map(({ externalUserId, emailAddress, attributes, events }) => [
      externalUserId,
      {
        emailAddress,
        attributes,
        events: Object.fromEntries(events.map(({ event, createdAt, updatedAt }) => [event, [createdAt, updatedAt]])),
      },
    ]),
  );
}
