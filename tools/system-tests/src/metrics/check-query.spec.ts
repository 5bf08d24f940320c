import { checkQuery } from './check-query';

const SAMPLES = [{ name: 'calls_total', labels: { cause: 'full' }, value: 1 }];

describe(checkQuery.name, () => {
  const check = (query: string, ...texts: readonly string[]) => checkQuery({ title: '', query, texts }, SAMPLES);

  it.each([
    'sum by (cause, instance) (rate(calls_total[5m])) > 0',
    'absent(calls_total)',
    'up == 0 and on (job) group by (job) (calls_total)',
    'calls_total{cause="full"} / on (cause) calls_total{cause=~"f.*",job="relay"}',
  ])('finds nothing wrong with %s', (query) => {
    expect(check(query, '{{cause}} of {{ $labels.instance }} {{ $value | humanize }}')).toEqual([]);
  });

  it.each([
    ['sum(rate(calls_total[5m])', 'it is no PromQL'],
    ['rate(calls_totals[5m])', 'there is no metric calls_totals'],
    ['calls_total{reason="full"}', 'calls_total: no label reason'],
    ['calls_total{cause="empty"}', 'calls_total: no label cause="empty"'],
    ['sum by (reason) (calls_total)', 'any of its metrics: no label reason'],
    ['calls_total / on (reason) calls_total', 'any of its metrics: no label reason'],
  ])('finds out %s', (query, problem) => {
    expect(check(query)).toEqual([problem]);
  });

  it.each(['{{reason}}', '{{ $labels.reason }}'])('finds out %s in a text', (text) => {
    expect(check('calls_total', text)).toEqual(['any of its metrics: no label reason']);
  });
});
