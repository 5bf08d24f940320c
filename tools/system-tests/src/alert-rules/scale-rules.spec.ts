import { scaleRules } from './scale-rules';

const RULES = `
groups:
  - name: some
    rules:
      - alert: Some
        expr: >-
          predict_linear(some_age_seconds[1h], 4 * 3600) > 900
          and increase(some_total[15m]) > 100
        for: 5m
        labels: { severity: warning }
      - alert: Other
        expr: other == 0
`;

describe(scaleRules.name, () => {
  const { text, alerts } = scaleRules(RULES);

  it('lets minutes pass in seconds', () => {
    expect(text).toContain('predict_linear(some_age_seconds[1m], 4 * 60) > 15');
    expect(text).toContain('increase(some_total[15s]) > 100');
    expect(text).toContain('for: 5s');
  });

  it('keeps what is no time', () => {
    expect(text).toContain('other == 0');
    expect(text).toContain('severity: warning');
  });

  it('names the alerts', () => expect(alerts).toEqual(['Some', 'Other']));
});
