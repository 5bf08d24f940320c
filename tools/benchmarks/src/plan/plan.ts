import { withTemporaryFolder } from '@segment-userleap/relay-driver';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { withPostgres } from '../replicas/postgres-store';
import type { Benchmark, Report } from '../report/benchmark';
import { atLeast, atMost } from '../report/target';
import { measurePlan } from './measure-plan';
import type { PlanTrial, PlanUse } from './measure-plan';

// The rate and the requests in flight of 10,000 in 300 s, in minutes of real time: what a disk and a processor do in virtual time
// says nothing of what they can do.
const SLOW: PlanTrial = { plan: { requests: 2_000, windowMs: 60_000 }, answerMs: 1_000, windows: 2 };
// The largest plan that UserLeap sells.
const LARGE: PlanTrial = { plan: { requests: 1_000, windowMs: 1_000 }, answerMs: 100, windows: 8 };

interface Trial extends PlanUse {
  readonly trial: PlanTrial;
  readonly store: string;
}

/** How much of a plan one relay uses, and that it never uses more. */
export const plan: Benchmark = {
  name: 'plan',
  run: () =>
    withTemporaryFolder((folder) =>
      withPostgres((newSchema) => {
        const newFile = () => ({ DATABASE_URL: `sqlite:${join(mkdtempSync(join(folder, 'store-')), 'relay.db')}` });
        return run([
          { store: 'SQLite', newStore: newFile },
          { store: 'PostgreSQL', newStore: newSchema },
        ]);
      }),
    ),
};

async function run(
  stores: readonly { store: string; newStore: () => Readonly<Record<string, string>> }[],
): Promise<Report> {
  const measure = async (trial: PlanTrial, { store, newStore }: (typeof stores)[number]): Promise<Trial> => {
    return { trial, store, ...(await measurePlan(newStore, trial)) };
  };
  // 33 requests/s each: they do not disturb each other.
  const slow = await Promise.all(stores.map((store) => measure(SLOW, store)));
  const large: Trial[] = [];
  for (const store of stores) large.push(await measure(LARGE, store));
  const all = [...slow, ...large];
  return {
    tables: [
      {
        title: 'plan: one relay, more waits than may go',
        rows: all.map(({ trial, store, shareAfterBurst, mostInAnyWindow }) => ({
          plan: textOf(trial),
          'answers after ms': trial.answerMs,
          store,
          'share used after the first window': shareAfterBurst,
          'most in any window': mostInAnyWindow,
        })),
      },
    ],
    targets: [
      ...slow.map((trial) => atLeast(`${claimOf(trial)}: share of the plan`, trial.shareAfterBurst, 0.95)),
      ...large.map((trial) => atLeast(`${claimOf(trial)}: share of the plan`, trial.shareAfterBurst, 0.6)),
      ...all.map((trial) =>
        atMost(`${claimOf(trial)}: most in any window`, trial.mostInAnyWindow, trial.trial.plan.requests),
      ),
    ],
  };
}

function claimOf({ trial, store }: Trial): string {
  return `${store}, ${textOf(trial)}`;
}

function textOf({ plan: { requests, windowMs } }: PlanTrial): string {
  return `${requests}/${windowMs / 1_000}s`;
}
