import { withStores } from '../replicas/with-stores';
import type { NewStores } from '../replicas/with-stores';
import type { Benchmark, Report } from '../report/benchmark';
import { atLeast, atMost } from '../report/target';
import { measurePlan } from './measure-plan';
import type { PlanTrial, PlanUse } from './measure-plan';

// The rate of 10,000 in 300 s, and as many requests in flight, in less real time. Virtual time would say nothing of what a
// processor and a disk can do.
const SLOW: PlanTrial = { plan: { requests: 2_000, windowMs: 60_000 }, answerMs: 1_000, windows: 2 };
// The largest plan of UserLeap.
const LARGE: PlanTrial = { plan: { requests: 1_000, windowMs: 1_000 }, answerMs: 100, windows: 8 };

interface Measured extends PlanUse {
  readonly trial: PlanTrial;
  readonly plan: string;
  readonly store: string;
}

/** How much of its plan one relay uses, and that it never uses more. */
export const plan: Benchmark = { name: 'plan', run: () => withStores(run) };

async function run({ sqlite, postgres }: NewStores): Promise<Report> {
  const onSqlite = (trial: PlanTrial) => measure(trial, 'SQLite', sqlite());
  const onPostgres = (trial: PlanTrial) => measure(trial, 'PostgreSQL', postgres());
  // 33 requests/s each: they do not disturb each other.
  const slow = await Promise.all([onSqlite(SLOW), onPostgres(SLOW)]);
  const large = [await onSqlite(LARGE), await onPostgres(LARGE)];
  const all = [...slow, ...large];
  return {
    tables: [{ title: 'plan: one relay, more waits than may go', rows: all.map(rowOf) }],
    targets: [
      ...slow.map((one) => atLeast(`${one.store}, ${one.plan}: share of the plan`, one.shareAfterBurst, 0.95)),
      ...large.map((one) => atLeast(`${one.store}, ${one.plan}: share of the plan`, one.shareAfterBurst, 0.6)),
      ...all.map(({ store, plan, mostInAnyWindow, trial }) =>
        atMost(`${store}, ${plan}: most in any window`, mostInAnyWindow, trial.plan.requests),
      ),
    ],
  };
}

async function measure(trial: PlanTrial, store: string, env: Readonly<Record<string, string>>): Promise<Measured> {
  const { requests, windowMs } = trial.plan;
  return { trial, plan: `${requests}/${windowMs / 1_000}s`, store, ...(await measurePlan(env, trial)) };
}

function rowOf({ plan, trial, store, shareAfterBurst, mostInAnyWindow }: Measured) {
  return {
    plan,
    'answers after ms': trial.answerMs,
    store,
    'share used after the first window': shareAfterBurst,
    'most in any window': mostInAnyWindow,
  };
}
