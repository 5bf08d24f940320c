import type { SeededRandom } from '@segment-userleap/relay-driver';
import { CANARY } from './hostile-case';
import { FIELDS, ODD_CHARACTERS, ODD_NUMBERS, ODD_VALUES } from './odd-values';
import type { PlausibleEvent } from './plausible-event';

/** The JSON of an event that something is wrong with. */
export type EventKind = (random: SeededRandom, event: PlausibleEvent) => string;

/** By name: what can be wrong with an event. */
export const EVENT_KINDS: Readonly<Record<string, EventKind>> = {
  'nothing wrong': (_, event) => JSON.stringify(event),
  'wrong types': (random, event) => {
    const twisted = Array.from({ length: random.between(1, 4) }, () => member(random, random.pick(ODD_VALUES)));
    return withMembers(event, twisted.join(','));
  },
  'odd numbers': (random, event) => withMembers(event, member(random, random.pick(ODD_NUMBERS))),
  'odd numbers inside': (random, event) => {
    const inside = `{"${CANARY}": ${random.pick(ODD_NUMBERS)}}`;
    return withMembers(event, `"traits": ${inside}, "properties": ${inside}`);
  },
  ...Object.fromEntries(Object.entries(ODD_CHARACTERS).map(([name, list]) => [name, withCharacter(list)])),
  'a long text': (random, event) =>
    withMembers(event, member(random, `"${CANARY.repeat(random.magnitude(10, 2_900))}"`)),
  'a repeated key': (random, event) => {
    const name = random.pick(FIELDS);
    const count = random.magnitude(1, 1_000);
    return withMembers(event, Array.from({ length: count }, () => `"${name}": ${random.pick(ODD_VALUES)}`).join(','));
  },
  'a key of a prototype': (random, event) => {
    const own = `{"success": "${CANARY}", "message": "${CANARY}", "email": "${CANARY}", "userId": "${CANARY}"}`;
    const keys = [`"__proto__": ${own}`, `"constructor": {"prototype": ${own}}`, `"prototype": ${own}`] as const;
    const key = random.pick(keys);
    const place = random.pick(['', 'traits', 'properties', 'context', 'integrations']);
    return withMembers(event, place === '' ? key : `"${place}": {${key}}`);
  },
  'deep nesting': (random, event) => {
    const depth = random.magnitude(50, 100_000);
    const [open, close] = random.pick([['[', ']'] as const, ['{"a":', '}'] as const]);
    // Half of them as JSON parsers like them least: never closed.
    const end = random.next() < 0.5 ? `1${close.repeat(depth)}` : '';
    return withMembers(event, member(random, `${open.repeat(depth)}${end}`));
  },
  'many keys': (random, event) => {
    const keys = Array.from({ length: random.magnitude(100, 1_500) }, (_, at) => `"${CANARY}${at}": ${at}`);
    return withMembers(event, `"traits": {${keys.join(',')}}`);
  },
};

/** A later member of the same name wins. */
function withMembers(event: PlausibleEvent, members: string): string {
  return `${JSON.stringify(event).slice(0, -1)}, ${members}}`;
}

function member(random: SeededRandom, value: string): string {
  return `"${random.pick(FIELDS)}": ${value}`;
}

function withCharacter(characters: readonly [string, ...string[]]): EventKind {
  return (random, event) => {
    const text = `${CANARY}${random.pick(characters)}`;
    const asKey = `"traits": {"${text}": "${text}"}, "integrations": {"${text}": true}`;
    return withMembers(event, random.next() < 0.3 ? asKey : member(random, `"${text}"`));
  };
}
