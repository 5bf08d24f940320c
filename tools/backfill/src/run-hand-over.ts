import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { HandOver, STRANDS } from './hand-over';
import { Journal } from './journal';
import { loadHistory } from './load-history';
import type { CommandLine } from './parse-command-line';
import { ProgressMeter } from './progress-meter';
import { RelayClient } from './relay-client';
import { ReportFile } from './report-file';
import { showHandedOver } from './show-handed-over';
import type { Surroundings } from './surroundings';
import { UserSketch } from './user-sketch';

type HandOverCall = Extract<CommandLine, { ask: 'hand over' }>;

/** Hands a history over, and says how it went. Its exit code: 0 all of it, 1 not all. */
export async function runHandOver(call: HandOverCall, surroundings: Surroundings): Promise<0 | 1> {
  const { options, relay } = call;
  const { say, complain, stop } = surroundings;
  const isNew = !existsSync(call.state);
  const history = await loadHistory(options, { '--state': call.state, '--report': options.report }, say);
  const { files, choice, settings } = history;
  const task = { to: relay.url, key: digestOf(relay.writeKey), choice: history.choiceText, files };
  const { journal, progress } = Journal.open(call.state, task, STRANDS);
  const done = progress.marks.map(({ position }) => position);
  const report = isNew ? ReportFile.create(options.report) : ReportFile.resume(options.report, files, done);
  const users = new UserSketch();
  users.merge(progress.users);
  const meter = new ProgressMeter(files, done, options.rateLimit, surroundings.createView());
  const client = new RelayClient(relay);
  const handing = new HandOver(
    {
      files,
      choice,
      settings,
      journal,
      report,
      users,
      stop,
      call: (body) => client.send(body),
      onRead: (bytes) => meter.read(bytes),
      onWait: (why) => meter.wait(why),
      now: () => Date.now(),
    },
    progress,
  );
  meter.follow(() => ({ events: handing.tally.handedOver, users: users.count }));
  const ended = await handing.run().finally(() => {
    meter.end();
    client.close();
    journal.close();
  });
  say(showHandedOver(handing.tally, { ...meter.result, reportPath: options.report }));
  if (ended === undefined) return handing.tally.broken === 0 ? 0 : 1;
  const before = stop.aborted ? '' : 'mend the cause, then ';
  complain(`backfill: ${ended}. Not all is handed over: ${before}run the same command again, and it goes on`);
  return 1;
}

function digestOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 16);
}
