import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const DOCS = join(__dirname, '../../../../docs');

/** A query that users are given, and the texts in which its labels are named for a person. */
export interface GivenQuery {
  readonly title: string;
  readonly query: string;
  readonly texts: readonly string[];
}

interface Panel {
  readonly title: string;
  readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[];
}

interface Dashboard {
  readonly templating: { readonly list: readonly { readonly name: string; readonly definition?: string }[] };
  readonly panels: readonly Panel[];
}

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Those of the dashboard, with what Grafana would put in the place of its variables. */
export function readDashboardQueries(): readonly GivenQuery[] {
  const { panels, templating } = JSON.parse(readDoc('grafana/relay-dashboard.json')) as Dashboard;
  const ofPanels = panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr, legendFormat }) => ({ title, query: fillIn(expr), texts: [legendFormat] })),
  );
  const ofVariables = templating.list.flatMap(({ name, definition }) => {
    const [, metric, label] = /^label_values\((\w+), (\w+)\)$/.exec(definition ?? '') ?? [];
    return metric === undefined ? [] : [{ title: name, query: metric, texts: [`{{${label}}}`] }];
  });
  return [...ofPanels, ...ofVariables];
}

export function readAlertQueries(): readonly GivenQuery[] {
  const { groups } = parse(readDoc('prometheus/alerts.yml')) as { groups: { rules: Rule[] }[] };
  return groups
    .flatMap(({ rules }) => rules)
    .map(({ alert, expr, annotations }) => ({ title: alert, query: expr, texts: Object.values(annotations) }));
}

/** The metrics that the documentation has a row for. */
export function readDocumentedMetrics(): readonly string[] {
  return [...readDoc('operations.md').matchAll(/^\| `(relay_\w+)`/gm)].map(([, name = '']) => name);
}

function fillIn(expr: string): string {
  return expr.replaceAll('$__rate_interval', '5m').replaceAll(/\$\w+/g, '.*');
}

function readDoc(path: string): string {
  return readFileSync(join(DOCS, path), 'utf8');
}
