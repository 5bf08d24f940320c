import { buildKeyCheck, judgeKeyCheck } from '@segment-userleap/userleap-api';
import { DeployFailure } from './deploy-failure';

/** UserLeap, and the key that the Function is to have there. */
export interface UserLeapAccess {
  readonly endpoint: string;
  readonly apiKey: string;
}

/** Says whether UserLeap takes the key; one request, which changes nothing there. Throws where it is refused. */
export async function checkKey(access: UserLeapAccess, timeoutMs: number, say: (text: string) => void): Promise<void> {
  const { method, url, headers } = buildKeyCheck(access);
  const signal = AbortSignal.timeout(timeoutMs);
  const { ok, status, message } = await fetch(url, { method, headers, signal, redirect: 'manual' }).then(
    (reply) => judgeKeyCheck({ status: reply.status, headers: {}, body: '' }),
    () => judgeKeyCheck({ failure: signal.aborted ? 'timeout' : 'network_failure' }),
  );
  if (status === 401 || status === 403) throw new DeployFailure(`USERLEAP_API_KEY: ${message}. Nothing was changed.`);
  say(ok ? `Key: ${message}` : `Key: could not be checked. ${message}`);
}
