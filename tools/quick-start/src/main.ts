import { describeDemo } from './describe-demo';
import { exitOf, isUp, runRelay } from './run-relay';
import { startDemo } from './start-demo';

async function main(): Promise<void> {
  const { env } = process;
  const isReal = isSet(env.USERLEAP_API_KEY) || isSet(env.RELAY_DESTINATIONS);
  if (isReal) {
    process.exitCode = await exitOf(runRelay(env));
    return;
  }
  const demo = await startDemo(env);
  const exit = exitOf(runRelay({ ...env, ...demo.env }));
  const url = `http://${env.HOST ?? '127.0.0.1'}:${env.PORT ?? '8080'}`;
  const { RELAY_ADMIN_TOKEN: adminToken = '' } = demo.env;
  if (await isUp(url, adminToken, exit)) console.log(describeDemo(demo, url, isSet(env.RELAY_WRITE_KEY)));
  process.exitCode = await exit;
  await demo.end();
}

function isSet(variable: string | undefined): boolean {
  return variable !== undefined && variable.trim() !== '';
}

void main();
