import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFunctionHost } from '@segment-userleap/segment-runtime';
import type { FunctionHost, Verdict } from '@segment-userleap/segment-runtime';
import { startSandbox } from '@segment-userleap/userleap-sandbox';
import type { Sandbox } from '@segment-userleap/userleap-sandbox';

const ROOT = join(__dirname, '../../..');
const GUIDE = readFileSync(join(ROOT, 'docs/segment-function.md'), 'utf8');
const CODE = readFileSync(join(ROOT, 'dist/segment-function/userleap.js'), 'utf8');
const EXAMPLE = /```json\n(?<event>.+?)```\n+```text\n(?<expected>.+?)```/gs;

const section = GUIDE.split(/^## /m).find((part) => part.startsWith('Try it in the editor')) ?? '';
const examples = [...section.matchAll(EXAMPLE)].map(({ groups = {} }) => [groups.event, groups.expected] as const);

describe('the test events of the guide', () => {
  let sandbox: Sandbox;
  let host: FunctionHost;

  beforeAll(async () => {
    sandbox = await startSandbox({ applyDelayMs: 0 });
    host = createFunctionHost({ code: CODE, loader: 'wrapper' });
  });

  afterAll(() => sandbox.close());

  it('are all found', () => {
    expect(examples).toHaveLength(section.match(/```json/g)?.length ?? NaN);
  });

  it.each(examples)('%s says what stands below it', async (event = '', expected) => {
    // "The cache is empty in the editor's tests" (Segment docs: Destination Functions, 2026).
    host.emptyCache();
    const before = host.consoleOutput().length;
    const verdict = await host.deliver(JSON.parse(event), { apiKey: 'a-key', endpoint: sandbox.url });
    expect([say(verdict), ...host.consoleOutput().slice(before)]).toEqual(expected?.trim().split('\n'));
  });
});

function say(verdict: Verdict): string {
  return verdict.verdict === 'delivered' ? 'delivered' : `${verdict.errorName}: ${verdict.message}`;
}
