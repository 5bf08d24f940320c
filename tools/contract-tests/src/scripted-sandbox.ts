import { API_KEY } from '@segment-userleap/relay-driver';
import { sandboxInProcess, startSandbox } from '@segment-userleap/userleap-sandbox';
import type { Fault, Sandbox, SandboxInProcess } from '@segment-userleap/userleap-sandbox';
import type { ScriptedReply, Vector } from './vector';

type Scripted = Pick<Vector, 'now' | 'replies'>;

/** A sandbox of its own for one vector: applies at once, answers what the vector scripts. */
export async function startScriptedSandbox(vector: Scripted): Promise<Sandbox> {
  const sandbox = await startSandbox({ applyDelayMs: 0 });
  script(sandbox, vector);
  return sandbox;
}

/** The same without a socket, for the libraries alone. */
export function scriptedSandboxInProcess(vector: Scripted): SandboxInProcess {
  const sandbox = sandboxInProcess({ applyDelayMs: 0 });
  script(sandbox, vector);
  return sandbox;
}

/** The same on one that is there: it forgets what it was told before. */
export function scriptAnew(sandbox: Sandbox, vector: Scripted): Sandbox {
  sandbox.clear();
  script(sandbox, vector);
  return sandbox;
}

function script(sandbox: Pick<Sandbox, 'addFault'>, { now, replies }: Scripted): void {
  for (const reply of replies) sandbox.addFault(toFault(reply, now));
}

/** The settings that a host is given to play a vector against a sandbox. */
export function settingsOf(
  { settings }: Pick<Vector, 'settings'>,
  { url }: Pick<Sandbox, 'url'>,
): Record<string, unknown> {
  return { ...settings, apiKey: API_KEY, endpoint: url };
}

function toFault(
  { to, event, userId, status, headers, body, network_failure, times = 1 }: ScriptedReply,
  now: string,
): Fault {
  const [method = '', path = ''] = to.split(' ');
  return {
    match: { method, path, ...(event === undefined ? {} : { event }), ...(userId === undefined ? {} : { userId }) },
    times,
    ...(network_failure ? { reset: 'before' as const } : {}),
    // A scripted answer says all that it says: the sandbox would put a sentence of its own into an empty body.
    ...(status === undefined ? {} : { status, body: '' }),
    // UserLeap's clock is the host's, unless the script says otherwise.
    ...(headers === undefined ? {} : { headers: { Date: new Date(now).toUTCString(), ...headers } }),
    ...(body === undefined ? {} : { body }),
  };
}
