import { buildKeyCheck, judgeKeyCheck } from '@segment-userleap/userleap-api';
import type { Destination } from '../config/relay-config';
import { createHttpService } from '../delivery/create-http-service';
import { UserLeapClient } from '../delivery/userleap-client';
import type { Finding } from './finding';

/** Tries the key of each destination: one request for each environment, which changes nothing there. */
export async function checkKeys(destinations: readonly Destination[], proxy: URL | undefined): Promise<Finding[]> {
  const client = new UserLeapClient(createHttpService(proxy));
  const answers = new Map<string, ReturnType<typeof judgeKeyCheck>>();
  const findings: Finding[] = [];
  for (const { name, settings, budget } of destinations) {
    const answer = answers.get(budget.id) ?? judgeKeyCheck(await client.send(buildKeyCheck(settings)));
    answers.set(budget.id, answer);
    findings.push({ what: `destination ${name}`, ok: answer.ok, message: answer.message });
  }
  return findings;
}
