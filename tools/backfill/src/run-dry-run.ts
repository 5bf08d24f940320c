import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { Estimator } from './estimate/estimate';
import { showEstimate } from './estimate/show-estimate';
import { loadHistory } from './load-history';
import type { CommandLine } from './parse-command-line';
import { START } from './position';
import { readHistory } from './read-history';
import { ReportFile } from './report-file';
import { showDuration, showMany } from './show-numbers';
import type { Surroundings } from './surroundings';

type DryRunCall = Extract<CommandLine, { ask: 'dry run' }>;

/** Tells what a history would come to. Its exit code: 0 all of it would be handed over, 1 not all. */
export async function runDryRun({ options, deletes }: DryRunCall, { say, stop }: Surroundings): Promise<0 | 1> {
  const own = { '--report': options.report, ...(deletes === undefined ? {} : { '--deletes': deletes }) };
  const { files, choice, settings } = await loadHistory(options, own, say);
  const startedAt = performance.now();
  const report = ReportFile.create(options.report);
  const estimator = new Estimator({ settings, limit: options.rateLimit }, Date.now());
  for await (const items of readHistory(files, choice, { after: START })) {
    if (stop.aborted) return 1;
    for (const item of items) {
      const refusal = estimator.take(item);
      if (!refusal) continue;
      const file = files[item.file]?.path ?? '';
      const { why, isHandedOver } = refusal;
      report.add({ file, line: item.place, why, strand: 0, ...(isHandedOver ? { isHandedOver } : {}) });
    }
  }
  report.write();
  const estimate = estimator.end();
  const { handedOver, broken } = estimate.tally;
  say(`read ${showMany(handedOver, 'event')} in ${showDuration(performance.now() - startedAt)}\n`);
  say(showEstimate(estimate, options.rateLimit, options.report));
  if (deletes !== undefined) await writeDeletes(deletes, estimator.userIds);
  return broken === 0 ? 0 : 1;
}

/** A Delete a line: handed over like any history, they erase all of these users. */
async function writeDeletes(path: string, userIds: Iterable<string>): Promise<void> {
  const file = createWriteStream(path);
  for (const userId of userIds) file.write(`${JSON.stringify({ type: 'delete', userId })}\n`);
  await finished(file.end());
}
