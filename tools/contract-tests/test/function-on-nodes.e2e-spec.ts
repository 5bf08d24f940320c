import { isDeepStrictEqual } from 'node:util';
import { describeWhereFound } from '@segment-userleap/relay-driver';
import { expectOnFunction } from '../src/expect-on-function';
import { FUNCTION_FORMS, vectorsFor } from '../src/function-forms';
import { findNode, NODE_MAJORS } from '../src/nodes/node-versions';
import { playOnNode } from '../src/nodes/play-on-node';
import type { PlayedLine } from '../src/nodes/play-on-node';

// function.e2e-spec.ts plays them on the Node that runs the tests.
const others = NODE_MAJORS.filter((major) => !process.version.startsWith(`v${major}.`));

describe.each(others)('Node %i', (major) => {
  const needed = { path: findNode(major), missing: `no Node ${major}; it is installed on Linux x64 only` };

  describeWhereFound(`contract vectors on Node ${major}`, needed, (path) => {
    let lines: readonly PlayedLine[];
    beforeAll(async () => (lines = await playOnNode(path)), 300_000);

    it('are played by that version', () => {
      expect(new Set(lines.map(({ node }) => node.split('.')[0]))).toEqual(new Set([`v${major}`]));
    });

    describe.each(FUNCTION_FORMS)('$file ($loader, event from $eventRealm, $calls)', (form) => {
      it.each(vectorsFor(form).map((vector) => [vector.name, vector] as const))('%s', (_, vector) => {
        const line = lines.find((one) => one.vector === vector.name && isDeepStrictEqual(one.form, form));
        if (!line) throw new Error('was not played');
        expectOnFunction(line.played, vector, form);
      });
    });
  });
});
