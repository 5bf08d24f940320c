import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Job } from './prometheus';
import { Prometheus } from './prometheus';
import { FASTER, scaleRules } from './scale-rules';
import { SCENARIOS } from './scenarios';
import { Stage } from './stage';

const RULES = join(__dirname, '../../../../docs/prometheus/alerts.yml');
// It fires while there is no relay at all, and so before the others begin.
const MISSING = 'RelayMissing';
// Each is a relay and a UserLeap.
const AT_ONCE = 4;

async function main(): Promise<void> {
  const { text, alerts } = scaleRules(readFileSync(RULES, 'utf8'));
  const jobs: Job[] = [];
  const prometheus = await Prometheus.start(text, jobs).catch((error: unknown) => {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw isMissing ? new Error('there is no prometheus here; with Debian: apt-get install prometheus') : error;
  });
  console.log(`the rules of docs/prometheus/alerts.yml in a real Prometheus, ${FASTER} times as fast`);
  const problems: string[] = [];
  let seen = 0;
  const play = async (alert: string, scenario: (stage: Stage) => Promise<void>): Promise<void> => {
    const stage = new Stage(alert, prometheus, alert !== MISSING);
    jobs.push(stage);
    try {
      await scenario(stage);
      seen += 1;
      console.log(`${alert}: fired, and ended`);
    } catch (error) {
      problems.push(`${alert}: ${error instanceof Error ? error.message : String(error)}`);
      console.log(problems.at(-1));
    } finally {
      jobs.splice(jobs.indexOf(stage), 1);
      await stage.close();
    }
  };
  try {
    await play(MISSING, async (stage) => {
      await stage.fires();
      await stage.start();
      await stage.ends();
    });
    const waiting = Object.entries(SCENARIOS);
    const playSome = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await play(...next);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, playSome));
  } finally {
    await prometheus.stop();
  }
  const left = alerts.filter((alert) => alert !== MISSING && !(alert in SCENARIOS));
  for (const alert of left) console.log(`${alert}: not played: no scenario plays it`);
  problems.push(...left);
  console.log(`${seen} of ${alerts.length} rules were seen firing and ending`);
  if (problems.length > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
