import { createFunctionHost, type FunctionHostOptions } from '../src/index';

/** What an async `onTrack(event, settings)` with this body writes to its console when it gets one event. */
export async function consoleOf(
  body: string,
  options: Partial<FunctionHostOptions> = {},
  event: object = {},
): Promise<readonly string[]> {
  const code = `async function onTrack(event, settings) { ${body} }`;
  const host = createFunctionHost({ code, loader: 'script', ...options });
  const verdict = await host.deliver({ ...event, type: 'track' }, {});
  if (verdict.verdict !== 'delivered') throw new Error(JSON.stringify(verdict));
  return host.consoleOutput();
}
