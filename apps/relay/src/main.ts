import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { formatIssue } from '@segment-userleap/validation';
import { describeStart } from './config/describe-start';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inheritedSocket } from './config/inherited-socket';
import { loadConfig } from './config/load-config';
import { createRelay } from './create-relay';
import { keepHeapSmall } from './keep-heap-small';
import { stopRelay } from './stop-relay';

async function main(): Promise<void> {
  if (process.argv.includes('--check')) {
    // A script of its own: what it needs of stores would be in the memory of every relay.
    await import(pathToFileURL(join(__dirname, 'check/main.js')).href);
    return;
  }
  const config = loadConfig(process.env);
  if (!config.ok) {
    console.error(`The relay cannot start:\n${config.issues.map((issue) => `  ${formatIssue(issue)}`).join('\n')}`);
    process.exitCode = 2;
    return;
  }
  const relay = await createRelay(config.value);
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => void stopRelay(relay));
  const { port, host } = config.value;
  const fd = inheritedSocket(process.env, process.pid);
  // Fastify hands `fd` on to Node; its type does not know it.
  const place = fd === undefined ? { port, host } : { fd, host };
  try {
    await relay.listen(place);
  } catch (error) {
    tellFailure(error);
    // It must neither deliver without anybody who reaches it, nor keep the store from others.
    await stopRelay(relay, 1);
  }
  keepHeapSmall();
  const logger = new Logger('relay');
  for (const { name, notes } of config.value.destinations) {
    for (const note of notes) logger.warn(`destination ${name}: ${note}`);
  }
  for (const sentence of describeStart(config.value)) logger.log(sentence);
  logger.log(`listening on ${await relay.getUrl()}`);
}

function tellFailure(error: unknown): void {
  console.error(`The relay cannot start: ${error instanceof Error ? error.message : 'unknown error'}`);
}

main().catch((error: unknown) => {
  tellFailure(error);
  process.exitCode = 1;
});
