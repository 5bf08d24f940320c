import { formatIssue } from '@segment-userleap/validation';
import { loadConfig } from '../config/load-config';
import { checkKeys } from './check-keys';
import { checkStore } from './check-store';
import type { Finding } from './finding';

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Tries everything that a relay with this environment needs, and changes nothing: the configuration, then its store and its keys.
 * Says a line about each. Returns the exit code: 0 all is well, 1 something is not.
 */
export async function runCheck(env: Variables, say: (text: string) => void): Promise<0 | 1> {
  const config = loadConfig(env);
  if (!config.ok) {
    for (const issue of config.issues) tell({ what: 'configuration', ok: false, message: formatIssue(issue) }, say);
    return 1;
  }
  tell({ what: 'configuration', ok: true, message: 'every variable can be used' }, say);
  const { store, destinations, httpsProxy } = config.value;
  const findings = [await checkStore(store), ...(await checkKeys(destinations, httpsProxy))];
  for (const finding of findings) tell(finding, say);
  return findings.every(({ ok }) => ok) ? 0 : 1;
}

function tell({ what, ok, message }: Finding, say: (text: string) => void): void {
  say(`${ok ? 'ok   ' : 'WRONG'} ${what}: ${message}`);
}
