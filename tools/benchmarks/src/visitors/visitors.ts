import type { Benchmark, Report } from '../report/benchmark';
import { atLeast, atMost } from '../report/target';
import { measureHold } from './measure-hold';
import { measureIntake } from './measure-intake';

const VISITORS = 100_000;
const ROUNDS = 5;
const LOADS = [
  ['events of visitors', 'visit'],
  ['Identifies with both ids', 'identify'],
  ['events of users', 'track'],
] as const;

/** What it costs to hold what visitors do until it is known who they are. */
export const visitors: Benchmark = { name: 'visitors', run };

async function run(): Promise<Report> {
  const count = Number(process.env.VISITORS ?? VISITORS);
  const rounds = Number(process.env.ROUNDS ?? ROUNDS);
  const hold = await measureHold(count);
  const costs = [];
  for (const [load, type] of LOADS) costs.push({ load, ...(await measureIntake(type, rounds)) });
  return {
    tables: [
      {
        title: `visitors: ${count} with 10 events each, of whom ${hold.signedIn} sign in`,
        rows: [
          {
            'held events': hold.heldEvents,
            'held/s': hold.heldPerSecond,
            'bytes sent an event': hold.sentBytes,
            'bytes on disk an event': hold.diskBytesAnEvent,
            'MB more in memory': hold.megabytesMore,
            'bytes in memory an event': (hold.megabytesMore * 1e6) / hold.heldEvents,
            'seconds from signing in to the last request': hold.secondsToDeliver,
          },
        ],
      },
      {
        title: `visitors: intake in batches of 100, events/s, median of ${rounds} rounds`,
        rows: costs.map(({ load, without, with: held, ratio }) => {
          return { load, 'without a hold': without, 'with a hold': held, 'with ÷ without': ratio };
        }),
      },
    ],
    targets: [
      atMost('requests for each user who signs in', hold.requests / hold.signedIn, 1),
      atLeast('their events that UserLeap got, of 10 each', hold.events / hold.signedIn, 10),
      atMost('others who reached UserLeap', hold.strangers, 0),
      ...costs.map(({ load, ratio }) => atLeast(`intake of ${load}: with a hold ÷ without`, ratio, 0.9)),
    ],
  };
}
