import { parse, stringify } from 'yaml';

/** How many times as fast as in production time passes for the rules. */
export const FASTER = 60;

interface Rules {
  readonly groups: readonly { readonly rules: readonly Rule[] }[];
}

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
}

// Every number of seconds in the rules, in which ages are compared or something is foretold, is one of these.
const SECONDS = /\b(3600|900|300)\b/g;

/** The rules with a minute in place of each hour, and a second in place of each minute. */
export function scaleRules(text: string): { readonly text: string; readonly alerts: readonly string[] } {
  const rules = parse(text) as Rules;
  const groups = rules.groups.map((group) => ({
    ...group,
    rules: group.rules.map((rule) => ({
      ...rule,
      expr: scaleDurations(rule.expr).replace(SECONDS, (seconds) => `${Number(seconds) / FASTER}`),
      ...(rule.for === undefined ? {} : { for: scaleDurations(rule.for) }),
    })),
  }));
  return { text: stringify({ groups }), alerts: groups.flatMap((group) => group.rules.map(({ alert }) => alert)) };
}

function scaleDurations(text: string): string {
  return text.replace(/\b(\d+)(h|m)\b/g, (_, count: string, unit) => (unit === 'h' ? `${count}m` : `${count}s`));
}
