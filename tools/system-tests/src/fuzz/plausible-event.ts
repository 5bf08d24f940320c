import type { SeededRandom } from '@segment-userleap/relay-driver';
import { CANARY } from './hostile-case';

export type PlausibleEvent = Record<string, unknown>;

export const TYPES = ['track', 'identify', 'page', 'screen', 'group', 'alias', 'delete'] as const;

const USERS = 40;
// Most go nowhere at once: the store should not fill with what waits for an unknown user.
const LIKELY = ['track', 'identify', 'identify', 'page', 'group', 'group', 'screen', 'alias', 'delete'] as const;

/** An event that nothing is wrong with, of any type. */
export function plausibleEvent(random: SeededRandom, type: string = random.pick(LIKELY)): PlausibleEvent {
  return {
    type,
    messageId: `${CANARY}-${random.between(0, 1e9)}`,
    userId: `${CANARY}-${random.between(1, USERS)}`,
    timestamp: '2026-01-15T10:00:00.000Z',
    sentAt: '2026-01-15T10:00:01.000Z',
    context: { ip: '192.0.2.1', traits: { plan: CANARY } },
    integrations: { All: true },
    ...fieldsOf(type),
  };
}

function fieldsOf(type: string): PlausibleEvent {
  switch (type) {
    case 'identify':
      return { traits: { email: `${CANARY}@example.com`, age: 5, address: { city: CANARY } } };
    case 'track':
      return { event: `${CANARY} clicked`, properties: { price: 1.5 } };
    case 'page':
    case 'screen':
      return { name: CANARY, properties: { url: `https://shop.example/${CANARY}` } };
    case 'group':
      return { groupId: CANARY, traits: {} };
    case 'alias':
      return { previousId: `${CANARY}-old` };
    default:
      return {};
  }
}
