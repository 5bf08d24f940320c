import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

// The relay before it is made one file of: here single modules can be loaded.
const COMPILED = join(__dirname, '../../../apps/relay/out-tsc/app');

// Controllers make their addresses known as the relay is made ready; pages have done so before.
const SCRIPT = `
  require('reflect-metadata');
  const { loadConfig } = require('./config/load-config.js');
  const { createRelay } = require('./create-relay.js');
  const { value } = loadConfig(process.env);
  createRelay(value).then(async (relay) => {
    const calls = [];
    relay.getHttpAdapter().getInstance().addHook('onRoute', ({ method, url }) => {
      for (const one of [method].flat()) calls.push(one + ' ' + url);
    });
    await relay.init();
    process.stdout.write(JSON.stringify(calls), () => process.exit());
  });
`;

/** Every call that a relay answers whose address is in a controller: `GET /api/events/{id}`. */
export async function servedCalls(env: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const given = { PATH: process.env['PATH'] ?? '', LOG_LEVEL: 'silent', ...env };
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', SCRIPT], { cwd: COMPILED, env: given });
  const calls = JSON.parse(stdout) as readonly string[];
  return calls.filter((call) => !/^(?:HEAD|OPTIONS) |\*/.test(call)).map((call) => call.replace(/:(\w+)/g, '{$1}'));
}
