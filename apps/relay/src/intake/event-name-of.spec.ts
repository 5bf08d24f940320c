import { eventNameOf } from './event-name-of';

describe(eventNameOf.name, () => {
  it.each<[string, object, string | null]>([
    ['what a Track calls its event', { type: 'track', event: ' Order Completed ', name: 'no' }, 'Order Completed'],
    ['the name of a Page', { type: 'page', name: 'Pricing', event: 'no' }, 'Pricing'],
    ['the name of a Screen', { type: 'screen', name: 'Home' }, 'Home'],
    ['what else names a Screen', { type: 'screen', name: ' ', properties: { name: 'Home' } }, 'Home'],
    ['nothing of an Identify', { type: 'identify', name: 'no', event: 'no' }, null],
    ['nothing where it is no text', { type: 'track', event: 17 }, null],
    ['nothing where it is blank', { type: 'track', event: ' ' }, null],
    [
      'the beginning of a long one, which a store can hold',
      { type: 'track', event: `a\0${'x'.repeat(400)}` },
      `a${'x'.repeat(253)}`,
    ],
  ])('gives %s', (_, event, expected) => {
    expect(eventNameOf(event)).toBe(expected);
  });

  it('gives nothing of what is no event', () => {
    expect(eventNameOf('the beginning of a long one')).toBeNull();
  });
});
