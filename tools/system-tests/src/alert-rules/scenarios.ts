import type { RelayOnSandboxes } from '../relay-on-sandboxes';
import type { Stage } from './stage';
import { startStoreThatHangs } from './store-that-hangs';

const NAME = 'surveys';
const ALWAYS = 1_000_000;

/** What makes each alert fire, and what ends it: the scenario waits for both. */
export const SCENARIOS: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  async RelayReplicaMissing(stage) {
    const [staying, going] = [await stage.start(), await stage.start()];
    await going.relay.end('SIGKILL');
    await stage.fires();
    await stage.restart(going, [{ name: NAME }]);
    await stage.ends();
    await isUp(staying);
  },

  async RelayNotAccepting(stage) {
    const group = await fullRelay(stage);
    await stage.fires();
    await group.admin.resume(NAME);
    await stage.ends();
  },

  async RelayTurnsSendersAway(stage) {
    const group = await fullRelay(stage);
    await during(stage.fires(), 0.2, () => group.of(NAME).post(users(1)));
    await group.admin.resume(NAME);
    await stage.ends();
  },

  async RelayBacklogFillsUp(stage) {
    const group = await stage.start([{ name: NAME, rateLimit: '100000/1s' }], { RELAY_BACKLOG_LIMIT: '2000' });
    await group.admin.pause(NAME);
    await group.of(NAME).accept(users(1_050));
    await during(stage.fires(), 0.5, () => group.of(NAME).post(users(10)));
    await group.admin.resume(NAME);
    await stage.ends();
  },

  async RelayEventsWaitLong(stage) {
    const group = await stage.start([{ name: NAME, rateLimit: '1/86400s' }]);
    await group.of(NAME).accept(users(3));
    await stage.fires();
    await stage.restart(group, [{ name: NAME, rateLimit: '1000/1s' }]);
    await stage.ends();
  },

  async RelayDestinationPaused(stage) {
    const group = await stage.start();
    const fault = group.of(NAME).sandbox;
    fault.addFault({ status: 401, times: ALWAYS });
    await group.of(NAME).accept(users(1));
    await stage.fires();
    fault.clearFaults();
    await group.admin.resume(NAME);
    await stage.ends();
  },

  async RelayDestinationPausedByHand(stage) {
    const group = await stage.start();
    await group.admin.pause(NAME);
    await stage.fires();
    await group.admin.resume(NAME);
    await stage.ends();
  },

  async RelayDestinationNotConfigured(stage) {
    const group = await stage.start([{ name: NAME }, { name: 'other' }]);
    await group.admin.pause(NAME);
    await group.of(NAME).accept(users(1));
    await stage.restart(group, [{ name: 'other' }]);
    await stage.fires();
    await group.admin.move(NAME, 'other');
    await stage.ends();
  },

  async RelayDeliversNothing(stage) {
    const group = await stage.start();
    const { sandbox } = group.of(NAME);
    sandbox.addFault({ status: 503, times: ALWAYS });
    await group.of(NAME).accept(users(50));
    await stage.fires();
    sandbox.clearFaults();
    await group.admin.resume(NAME);
    await stage.ends();
  },

  async RelayStandsStill(stage) {
    const store = await startStoreThatHangs();
    const group = await stage.start([{ name: NAME, rateLimit: '1/2s' }], store.env);
    await group.of(NAME).accept(users(40));
    const goOn = await store.hang();
    await stage.fires();
    await goOn();
    await stage.ends();
    await stage.close();
    await store.remove();
  },

  async RelayDeadLetters(stage) {
    const group = await stage.start();
    const { sandbox } = group.of(NAME);
    sandbox.addFault({ status: 400, times: ALWAYS });
    await group.of(NAME).accept(users(2));
    await stage.fires();
    sandbox.clearFaults();
    await group.admin.replay({ destination: NAME });
    await stage.ends();
  },

  async RelayBudgetUsedUp(stage) {
    const group = await stage.start([{ name: NAME, rateLimit: '10/60s' }]);
    await during(stage.fires(), 1, () => group.of(NAME).post(users(2)));
    await stage.restart(group, [{ name: NAME, rateLimit: '1000/1s' }]);
    await stage.ends();
  },

  async RelayMonthlyUsersNearLimit(stage) {
    const group = await stage.start([{ name: NAME, monthlyUsers: 10 }]);
    await group.of(NAME).accept(users(8));
    await stage.fires();
    await stage.restart(group, [{ name: NAME, monthlyUsers: 100 }]);
    await stage.ends();
  },

  async RelayMonthlyUsersLimitReached(stage) {
    const group = await stage.start([{ name: NAME, monthlyUsers: 2 }]);
    await group.of(NAME).accept(users(3));
    await stage.fires();
    await stage.restart(group, [{ name: NAME, monthlyUsers: 100 }]);
    await stage.ends();
  },

  // Not in the last hours of a month, of which no forecast comes to more than there is.
  async RelayMonthlyUsersForecast(stage) {
    const group = await stage.start([{ name: NAME, monthlyUsers: 91 }]);
    await group.of(NAME).accept(users(90));
    await stage.fires();
    await stage.restart(group, [{ name: NAME, monthlyUsers: 100_000 }]);
    await stage.ends();
  },

  async RelayRefusesManyCalls(stage) {
    const group = await stage.start();
    await during(stage.fires(), 0.02, () => group.of(NAME).post(users(1), 'wrong'));
    await stage.ends();
  },
};

let count = 0;

/** Identifies of new users. */
function users(many: number): readonly object[] {
  return Array.from({ length: many }, () => ({
    type: 'identify',
    userId: `user ${(count += 1)}`,
    traits: { plan: 'pro' },
  }));
}

/** A relay in which as much waits as may. */
async function fullRelay(stage: Stage): Promise<RelayOnSandboxes> {
  const group = await stage.start([{ name: NAME, rateLimit: '1000/1s' }], { RELAY_BACKLOG_LIMIT: '5' });
  await group.admin.pause(NAME);
  await group.of(NAME).accept(users(5));
  return group;
}

async function isUp(group: RelayOnSandboxes): Promise<void> {
  const { ok } = await fetch(`${group.relay.url}/health/live`);
  if (!ok) throw new Error('the other relay is not up');
}

/** Does something again and again, so many seconds after another, until something has happened. */
async function during(event: Promise<void>, seconds: number, act: () => Promise<Response>): Promise<void> {
  let hasHappened = false;
  const happened = event.finally(() => (hasHappened = true));
  while (!hasHappened) {
    await (await act()).arrayBuffer();
    await Promise.race([
      happened.catch(() => undefined),
      new Promise((resolve) => setTimeout(resolve, seconds * 1_000)),
    ]);
  }
  await happened;
}
