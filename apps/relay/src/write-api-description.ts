import 'reflect-metadata';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describeApi } from './api-description/describe-api';
import type { RelayConfig } from './config/relay-config';
import type { OpenStore } from './outbox/open-outbox';
import { RelayModule } from './relay.module';

async function main(): Promise<void> {
  const [, , file] = process.argv;
  if (file === undefined) throw new Error('expected the name of the file to write');
  // Run by the build: nothing is started, no socket and no store is opened.
  const relay = RelayModule.of({} as RelayConfig, { outbox: {}, news: {} } as OpenStore);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(await describeApi(relay), null, 2)}\n`);
}

void main();
