import { isDeepStrictEqual } from 'node:util';
import { describeWhereFound } from '@segment-userleap/relay-driver';
import { expectOnFunction } from '../src/expect-on-function';
import { FORMS_ON_EVERY_NODE, vectorsFor } from '../src/function-forms';
import { findNode, OTHER_NODES } from '../src/node-versions';
import { playOnNode } from '../src/nodes/play-on-node';
import type { PlayedLine } from '../src/nodes/play-on-node';

// function.e2e-spec.ts plays them on the Node that runs the tests, in every form.
describe.each(OTHER_NODES)('Node $major', ({ major, version }) => {
  const needed = { path: findNode(version), missing: `no Node ${version}; it is installed on Linux x64 only` };

  describeWhereFound(`contract vectors on Node ${major}`, needed, (path) => {
    let lines: readonly PlayedLine[];
    beforeAll(async () => (lines = await playOnNode(path)), 300_000);

    it('are played by that version', () => {
      expect(new Set(lines.map(({ node }) => node))).toEqual(new Set([`v${version}`]));
    });

    describe.each(FORMS_ON_EVERY_NODE)('$file ($loader, event from $eventRealm, $calls)', (form) => {
      it.each(vectorsFor(form).map((vector) => [vector.name, vector] as const))('%s', (_, vector) => {
        const line = lines.find((one) => one.vector === vector.name && isDeepStrictEqual(one.form, form));
        if (!line) throw new Error('was not played');
        expectOnFunction(line.played, vector, form);
      });
    });
  });
});
