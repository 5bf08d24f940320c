import { parseSettings } from '@segment-userleap/mapping';
import type { Outcome } from '@segment-userleap/mapping';
import { isEventType } from '@segment-userleap/segment-events';
import { startSandbox } from '@segment-userleap/userleap-sandbox';
import type { RecordedRequest, Sandbox } from '@segment-userleap/userleap-sandbox';
import fc from 'fast-check';
import { arbitraryCase, arbitrarySettings } from '../src/arbitrary-case';
import type { Case } from '../src/arbitrary-case';
import { linesByUser } from '../src/compare-requests';
import { expectedBatchVerdict, expectedSingleVerdict, expectedText } from '../src/expected-verdict';
import { WarmFunction } from '../src/play-on-function';
import type { FunctionForm } from '../src/play-on-function';
import { playOnLibs } from '../src/play-on-libs';
import { scriptAnew } from '../src/scripted-sandbox';
import { API_KEY } from '@segment-userleap/relay-driver';

// Fixed, so that a failure is the same again; fast-check prints both with the smallest case that fails.
const RUNS = { seed: 20260115, numRuns: 2_000 };
const TIME_LIMIT_MS = 300_000;

const form = fc.record<FunctionForm>({
  file: fc.constantFrom('userleap.js', 'userleap.min.js'),
  loader: fc.constantFrom('wrapper', 'script'),
  eventRealm: fc.constantFrom('inside', 'outside'),
  calls: fc.constantFrom('batch', 'single'),
});

describe('the built Function and the libraries', () => {
  // One for all cases: starting one, and loading the file, takes longer than most of them.
  let sandbox: Sandbox;
  const loaded = new Map<string, WarmFunction>();

  beforeAll(async () => {
    sandbox = await startSandbox({ applyDelayMs: 0 });
  });

  afterAll(() => sandbox.close());

  function warmFunction(form: FunctionForm): WarmFunction {
    const key = JSON.stringify(form);
    const warm = loaded.get(key) ?? new WarmFunction(form);
    loaded.set(key, warm);
    return warm;
  }

  it(
    'make the same of whatever they are given',
    async () => {
      const seen = new Tally();
      await fc.assert(
        fc.asyncProperty(arbitraryCase, form, async (played, anyForm) => {
          const form = isForOneHandler(played) ? anyForm : { ...anyForm, calls: 'batch' as const };
          const libs = await playOnLibs(played);
          const built = await warmFunction(form).play(played, scriptAnew(sandbox, played));

          expect(linesByUser(built.requests)).toEqual(linesByUser(libs.requests));
          expect(built.verdicts).toEqual(libs.outcomes.map((outcome) => verdictOf(outcome, form)));
          const warnings = libs.outcomes.flatMap((outcome) => outcome.warnings);
          expect(built.console).toEqual(warnings.map(({ trait, code }) => `left out: ${trait} (${code})`));
          expect(unearnedRefusals(played, libs.requests)).toEqual([]);
          expect(Math.max(0, ...libs.requests.map(countEvents))).toBeLessThanOrEqual(500);
          seen.add(form.calls, libs.outcomes, libs.requests);
        }),
        RUNS,
      );
      // What is equal because nothing happens would prove nothing.
      for (const kind of [
        'delivered',
        'filtered',
        'unsupported',
        'rejected',
        'retry',
        'GET',
        'POST',
        'single',
        'batch',
      ]) {
        if (seen.count(kind) < 50) throw new Error(`${kind}: only ${seen.count(kind)} times`);
      }
    },
    TIME_LIMIT_MS,
  );

  it(
    'refuse the same settings in the same words',
    async () => {
      let refused = 0;
      await fc.assert(
        fc.asyncProperty(arbitrarySettings, form, async (settings, form) => {
          const parsed = parseSettings(
            { ...settings, apiKey: API_KEY, endpoint: 'http://127.0.0.1' },
            { unknownUserGraceSeconds: 300 },
          );
          if (parsed.ok) return;
          refused += 1;
          const played = { now: '2026-01-15T10:00:00.000Z', settings, events: [{ type: 'track' }], replies: [] };
          const { verdicts, requests } = await warmFunction(form).play(played, scriptAnew(sandbox, played));
          const sentence = parsed.issues.map(({ path, message }) => `${path}: ${message}`).join('; ');
          const verdict = { verdict: 'discarded', as: 'rejected', errorName: 'ValidationError' };
          expect([verdicts, requests]).toEqual([[{ ...verdict, message: `Settings: ${sentence}` }], []]);
        }),
        { ...RUNS, numRuns: 150 },
      );
      expect(refused).toBeGreaterThan(75);
    },
    TIME_LIMIT_MS,
  );
});

/** How often each thing happened. */
class Tally {
  readonly #counts = new Map<string, number>();

  add(calls: string, outcomes: readonly Outcome[], requests: readonly RecordedRequest[]): void {
    const kinds = [calls, ...outcomes.map(({ outcome }) => outcome), ...requests.map(({ method }) => method)];
    for (const kind of kinds) this.#counts.set(kind, this.count(kind) + 1);
  }

  count(kind: string): number {
    return this.#counts.get(kind) ?? 0;
  }
}

function isForOneHandler({ events }: Case): boolean {
  const [event] = events;
  return (
    events.length === 1 && typeof event === 'object' && event !== null && 'type' in event && isEventType(event.type)
  );
}

function verdictOf(outcome: Outcome, { calls }: FunctionForm): Record<string, unknown> {
  const verdict = calls === 'batch' ? expectedBatchVerdict(outcome) : expectedSingleVerdict(outcome);
  return verdict.verdict === 'delivered' ? verdict : { ...verdict, message: expectedText(outcome) };
}

/** Requests that the sandbox, which checks them on its own, did not take, and no script told it to refuse. */
function unearnedRefusals({ replies }: Case, requests: readonly RecordedRequest[]): readonly RecordedRequest[] {
  const scripted = new Set(replies.map(({ status }) => status));
  return requests.filter(({ method, path, status }) => {
    const isAboutNobody = method === 'GET' ? status === 404 : path === '/v2/purge/visitors' && status === 400;
    const isTaken = status === 0 || status < 300 || isAboutNobody;
    return !isTaken && !scripted.has(status);
  });
}

function countEvents({ body }: RecordedRequest): number {
  const hasEvents = typeof body === 'object' && body !== null && 'events' in body;
  return hasEvents && Array.isArray(body.events) ? body.events.length : 0;
}
