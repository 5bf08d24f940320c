import { parser } from '@prometheus-io/lezer-promql';
import type { GivenQuery } from './read-queries';
import type { Sample } from './scrape';

// Prometheus itself adds them.
const METRICS_OF_PROMETHEUS = ['up'];
const LABELS_OF_PROMETHEUS = ['instance', 'job'];

type Node = ReturnType<typeof parser.parse>['topNode'];

/** What is wrong with a query: it cannot be parsed, or names what is not among the samples. Nothing: it can be used. */
export function checkQuery({ query, texts }: GivenQuery, samples: readonly Sample[]): readonly string[] {
  const tree = parser.parse(query).topNode;
  const textOf = ({ from, to }: Node): string => query.slice(from, to);
  if (tree.getChildren('⚠').length > 0 || nodesOf(tree).some(({ type }) => type.isError)) return ['it is no PromQL'];
  const selectors = nodesOf(tree, 'VectorSelector').map((selector) => {
    const name = textOf(selector.getChild('Identifier') ?? selector);
    return { selector, name, own: samples.filter((sample) => sample.name === name) };
  });
  const problems = selectors.flatMap(({ selector, name, own }) => {
    if (METRICS_OF_PROMETHEUS.includes(name)) return [];
    if (own.length === 0) return [`there is no metric ${name}`];
    return nodesOf(selector, 'UnquotedLabelMatcher').flatMap((matcher) => {
      const [label, operator, quoted] = ['LabelName', 'MatchOp', 'StringLiteral'].map((kind) => {
        const node = matcher.getChild(kind);
        return node ? textOf(node) : '';
      });
      return checkLabel(name, own, label ?? '', operator === '=' ? quoted?.slice(1, -1) : undefined);
    });
  });
  const all = selectors.flatMap(({ own }) => own);
  const grouped = nodesOf(tree, 'GroupingLabels').flatMap((labels) => labels.getChildren('LabelName').map(textOf));
  const shown = texts.flatMap((text) => [...text.matchAll(/\{\{\s*(?:\$labels\.)?([a-z]\w*)\s*\}\}/g)]);
  const named = [...grouped, ...shown.map(([, label = '']) => label)];
  return [...problems, ...named.flatMap((label) => checkLabel('any of its metrics', all, label))];
}

function checkLabel(of: string, samples: readonly Sample[], label: string, value?: string): readonly string[] {
  if (LABELS_OF_PROMETHEUS.includes(label)) return [];
  const values = samples.flatMap(({ labels }) => labels[label] ?? []);
  if (values.length === 0) return [`${of}: no label ${label}`];
  return value === undefined || values.includes(value) ? [] : [`${of}: no label ${label}="${value}"`];
}

function nodesOf(top: Node, kind?: string): readonly Node[] {
  const nodes: Node[] = [];
  top.cursor().iterate((node) => {
    if (kind === undefined || node.name === kind) nodes.push(node.node);
  });
  return nodes;
}
