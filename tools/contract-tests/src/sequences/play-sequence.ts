import { deliverEvents } from '@segment-userleap/delivery';
import type { DeliveryPorts } from '@segment-userleap/delivery';
import { parseSettings } from '@segment-userleap/mapping';
import type { Outcome } from '@segment-userleap/mapping';
import { API_KEY } from '@segment-userleap/relay-driver';
import { rememberedUsers } from '../remembered-users';
import type { Sequence, SequenceEvent } from './arbitrary-sequence';
import { endState } from './end-state';
import type { EndState } from './end-state';
import { batchesOf, GRACE_SECONDS, playInTurns, TURNS_BEGIN_AT } from './play-in-turns';
import type { Fate } from './play-in-turns';
import { SlowSandbox } from './slow-sandbox';

/** The end of the same calls one by one, each of them when UserLeap has applied those before, and nothing fails. */
export function playOneByOne({ events }: Pick<Sequence, 'events'>): Promise<EndState> {
  return play(
    events.map((event) => [event]),
    [],
  );
}

/** The end of the calls in batches; what has to be retried goes before what comes later. */
export function playInBatches(sequence: Sequence): Promise<EndState> {
  return play(batchesOf(sequence), sequence.failures);
}

async function play(batches: readonly (readonly SequenceEvent[])[], failures: Sequence['failures']): Promise<EndState> {
  let now = TURNS_BEGIN_AT;
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
    users: rememberedUsers(() => now),
    now: () => now,
    unchangedMs: 24 * 60 * 60_000,
  };
  await playInTurns(batches, {
    deliver: async (events) => (await deliverEvents(events, settings.value, ports)).map(fateOf),
    passTime: async (milliseconds) => {
      now += milliseconds;
      await sandbox.applyAll();
    },
  });
  return endState(sandbox.users());
}

function fateOf(outcome: Outcome): Fate {
  if (outcome.outcome !== 'retry') return 'ended';
  return outcome.reason === 'unknown_user' ? 'waits_for_user' : 'waits';
}
