import type { Issue, Parsed } from '@segment-userleap/validation';
import { parsePageRule } from './parse-page-rule';
import type { PageRule } from './page-rule';

// Longer than any URL that a browser or a server takes.
const MAX_TEXT = 4_096;
const MAX_REMEMBERED = 8;

// A Function is given its settings anew with each call. Several destinations may share the rules: nothing in them says whose they are.
const remembered = new Map<string, readonly PageRule[]>();

/** The setting `pageUrlEvents`. */
export class PageRules {
  static readonly NONE = new PageRules(new Map(), []);
  readonly #compiled: readonly PageRule[];

  constructor(
    /** As they were written, by event name: two with the same are the same. */
    readonly rules: ReadonlyMap<string, string>,
    compiled: readonly PageRule[],
  ) {
    this.#compiled = compiled;
  }

  /** The events that a page of this URL makes, in the order of the setting; its first 4,096 characters are looked at. */
  eventsOf(url: string): readonly string[] {
    const text = url.slice(0, MAX_TEXT);
    return [...this.rules.keys()].filter((_, index) => this.#compiled[index]?.holdsFor(text));
  }
}

/** Reads the setting `pageUrlEvents`, rules by event name. An issue's path is the name of the event. */
export function parsePageRules(setting: Readonly<Record<string, string>>): Parsed<PageRules> {
  const texts = new Map(Object.entries(setting));
  if (texts.size === 0) return { ok: true, value: PageRules.NONE };
  const key = JSON.stringify([...texts.values()]);
  const known = remembered.get(key);
  const rules = known ? { ok: true as const, value: known } : compile(setting);
  if (!rules.ok) return rules;
  remember(key, rules.value);
  return { ok: true, value: new PageRules(texts, rules.value) };
}

function compile(setting: Readonly<Record<string, string>>): Parsed<readonly PageRule[]> {
  const issues: Issue[] = [];
  const rules: PageRule[] = [];
  for (const [path, text] of Object.entries(setting)) {
    const rule = parsePageRule(text);
    if (rule.ok) rules.push(rule.value);
    else issues.push(...rule.issues.map(({ message }) => ({ path, message })));
  }
  return issues.length > 0 ? { ok: false, issues } : { ok: true, value: rules };
}

/** Keeps what was used last. */
function remember(key: string, rules: readonly PageRule[]): void {
  remembered.delete(key);
  remembered.set(key, rules);
  const [oldest] = remembered.keys();
  if (remembered.size > MAX_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
}
