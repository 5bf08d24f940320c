import { describeWhereFound } from '@segment-userleap/relay-driver';
import { expectOnFunction } from '../src/expect-on-function';
import { playsOnOtherNode } from '../src/function-forms';
import { findNode, OTHER_NODES } from '../src/node-versions';
import { playOnNode } from '../src/nodes/play-on-node';
import type { FunctionForm } from '../src/play-on-function';
import type { PlayedLine } from '../src/nodes/play-on-node';

// function.e2e-spec.ts plays them on the Node that runs the tests, in every form.
describe.each(OTHER_NODES.map((node, place) => ({ ...node, place })))('Node $major', ({ major, version, place }) => {
  const needed = { path: findNode(version), missing: `no Node ${version}; it is installed on Linux x64 only` };

  describeWhereFound(`contract vectors on Node ${major}`, needed, (path) => {
    let lines: ReadonlyMap<string, PlayedLine>;
    beforeAll(async () => {
      lines = new Map((await playOnNode(path, place)).map((line) => [line.vector, line]));
    }, 300_000);

    it('are played by that version', () => {
      expect(new Set([...lines.values()].map(({ node }) => node))).toEqual(new Set([`v${version}`]));
    });

    it.each(playsOnOtherNode(place).map(({ form, vector }) => [vector.name, nameOf(form), vector, form] as const))(
      '%s on %s',
      (_, __, vector, form) => {
        const line = lines.get(vector.name);
        if (!line) throw new Error('was not played');
        expect(line.form).toEqual(form);
        expectOnFunction(line.played, vector, form);
      },
    );
  });
});

function nameOf({ file, loader, eventRealm }: FunctionForm): string {
  return `${file} (${loader}, event from ${eventRealm})`;
}
