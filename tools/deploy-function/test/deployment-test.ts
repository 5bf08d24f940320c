import { addDigestLine } from '@segment-userleap/bundle-function/digest-line';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../src/run';
import { DEPLOYED, NEW, startFakeSegment, TOKEN, WORKSPACE } from './fake-segment';
import type { FakeFunction, FakeSegment } from './fake-segment';

export const BUILT_CODE = `// version 2\n${addDigestLine('async function onTrack() {\n  return 2;\n}\n')}`;
export const OLDER_CODE = `// version 1\n${addDigestLine('async function onTrack() {\n  return 1;\n}\n')}`;
export const EDITED_CODE = OLDER_CODE.replace('return 1', 'return 1.5');
export const API_KEY = {
  name: 'apiKey',
  label: 'API key',
  description: 'The key.',
  type: 'STRING',
  required: true,
  sensitive: true,
};
export const ENDPOINT = { ...API_KEY, name: 'endpoint', label: 'Endpoint', required: false, sensitive: false };

/** What one run of the command left behind. */
export interface Outcome {
  readonly exitCode: number;
  /** What it said, then what it complained about. */
  readonly output: string;
  readonly complaint: string;
  readonly waits: readonly number[];
}

/** A fake Segment and a small bundle, and the command between them. */
export interface DeploymentTest {
  readonly segment: FakeSegment;
  readonly bundleFolder: string;
  deploy(args: readonly string[], changes?: { env?: Record<string, string>; timeoutMs?: number }): Promise<Outcome>;
  /** Puts a function there, as if deployed before. */
  put(changes: Partial<FakeFunction>): FakeFunction;
  end(): Promise<void>;
}

export async function startDeploymentTest(): Promise<DeploymentTest> {
  const segment = await startFakeSegment();
  const bundleFolder = mkdtempSync(join(tmpdir(), 'deploy-function-'));
  writeFileSync(join(bundleFolder, 'userleap.js'), BUILT_CODE);
  writeFileSync(
    join(bundleFolder, 'userleap.min.js'),
    `// version 2\n${addDigestLine('async function onTrack(){}\n')}`,
  );
  writeFileSync(join(bundleFolder, 'settings.json'), JSON.stringify([API_KEY, ENDPOINT]));
  return {
    segment,
    bundleFolder,
    async deploy(args, { env, timeoutMs = 30_000 } = {}) {
      const said: string[] = [];
      const complaints: string[] = [];
      const waits: number[] = [];
      const exitCode = await run(
        args,
        { SEGMENT_TOKEN: TOKEN, SEGMENT_API_URL: segment.url, ...env },
        {
          bundleFolder,
          timeoutMs,
          say: (text) => void said.push(text),
          complain: (text) => void complaints.push(text),
          wait: (delayMs) => Promise.resolve(void waits.push(delayMs)),
        },
      );
      return { exitCode, output: [...said, ...complaints].join('\n'), complaint: complaints.join('\n'), waits };
    },
    put(changes) {
      const added = {
        id: `sfnd_${segment.functions.length + 1}`,
        displayName: `UserLeap (${WORKSPACE.name})`,
        resourceType: 'DESTINATION',
        code: OLDER_CODE,
        settings: [API_KEY, ENDPOINT],
        ...NEW,
        ...DEPLOYED,
        ...changes,
      };
      segment.functions.push(added);
      return added;
    },
    async end() {
      await segment.close();
      rmSync(bundleFolder, { recursive: true, force: true });
    },
  };
}
