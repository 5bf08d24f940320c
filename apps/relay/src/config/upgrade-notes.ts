import { isBareRule } from '@segment-userleap/mapping';
import { isRecord, isText } from '@segment-userleap/validation';

// Not the letter of an escape such as `\D`.
const CAPITAL = /(?:^|[^\\])\p{Lu}/u;

/**
 * What of a destination's settings reads otherwise than in an earlier version, as far as the settings show it: a sentence for the
 * log each. docs/upgrading.md has the rest.
 */
export function upgradeNotes(rawSettings: unknown): readonly string[] {
  const rules = isRecord(rawSettings) && isRecord(rawSettings.pageUrlEvents) ? rawSettings.pageUrlEvents : {};
  const caseCounted = Object.keys(rules).filter((name) => {
    const rule = rules[name];
    return isText(rule) && isBareRule(rule.trim()) && CAPITAL.test(rule);
  });
  if (caseCounted.length === 0) return [];
  const names = caseCounted.map((name) => JSON.stringify(name)).join(', ');
  return [
    `pageUrlEvents: capital and small letters are the same in the rules of ${names}; where case counts, begin with regex:`,
  ];
}
