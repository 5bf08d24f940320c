/** Events to begin with, one of each kind. */
export const SAMPLES: readonly { readonly name: string; readonly event: object }[] = [
  {
    name: 'Identify',
    event: {
      type: 'identify',
      messageId: 'sample-identify',
      timestamp: '2026-01-15T09:30:00Z',
      userId: 'userId123',
      traits: {
        email: 'laura@example.com',
        firstName: 'Laura',
        plan: 'pro',
        seats: 12,
        address: { city: 'Berlin', country: 'DE' },
        tags: ['beta', 'newsletter'],
        '!internal': true,
      },
    },
  },
  {
    name: 'Track',
    event: {
      type: 'track',
      messageId: 'sample-track',
      timestamp: '2026-01-15T09:31:00Z',
      userId: 'userId123',
      event: 'Order Completed',
      properties: { total: 42.5 },
    },
  },
  {
    name: 'Page',
    event: {
      type: 'page',
      messageId: 'sample-page',
      timestamp: '2026-01-15T09:32:00Z',
      userId: 'userId123',
      name: 'Pricing',
      properties: { url: 'https://example.com/pricing?plan=pro' },
    },
  },
  {
    name: 'Screen',
    event: {
      type: 'screen',
      messageId: 'sample-screen',
      timestamp: '2026-01-15T09:33:00Z',
      userId: 'userId123',
      name: 'Checkout',
    },
  },
  {
    name: 'Alias',
    event: {
      type: 'alias',
      messageId: 'sample-alias',
      timestamp: '2026-01-15T09:34:00Z',
      previousId: 'userId123',
      userId: 'userId456',
    },
  },
  {
    name: 'Delete',
    event: {
      type: 'delete',
      messageId: 'sample-delete',
      timestamp: '2026-01-15T09:35:00Z',
      userId: 'userId123',
    },
  },
  {
    name: 'Group',
    event: {
      type: 'group',
      messageId: 'sample-group',
      timestamp: '2026-01-15T09:36:00Z',
      userId: 'userId123',
      groupId: 'acme',
      traits: { name: 'Acme' },
    },
  },
];

/** An event as it is shown for typing. */
export function toText(event: object): string {
  return JSON.stringify(event, null, 2);
}

/** The sample of that name, as it is shown for typing. */
export function textOf(name: string): string {
  return SAMPLES.filter((sample) => sample.name === name)
    .map(({ event }) => toText(event))
    .join('');
}
