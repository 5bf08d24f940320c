/** Placeholders of the length of what takes their place. */
export const MESSAGE_ID_SLOT = '@@@@@@@@-message-id-slot-@@@@@@@@@@@';
export const USER_ID_SLOT = '$user-id-slot$';

/** `visit`: a Track of a visitor whom nobody knows. */
export type SampleType = 'track' | 'identify' | 'visit';

/** A call as Segment's browser SDK makes it, 1.3 KB as JSON. */
export function sampleEvent(type: SampleType): object {
  return {
    type: type === 'identify' ? type : 'track',
    messageId: MESSAGE_ID_SLOT,
    ...(type === 'visit'
      ? { anonymousId: USER_ID_SLOT }
      : { userId: USER_ID_SLOT, anonymousId: '507f191e-810c-4197-a3d5-9b1e7c2d4f60' }),
    ...(type === 'identify' ? IDENTIFY : TRACK),
    timestamp: '2026-03-02T09:14:33.402Z',
    originalTimestamp: '2026-03-02T09:14:33.391Z',
    sentAt: '2026-03-02T09:14:34.017Z',
    channel: 'client',
    integrations: { All: true, 'Google Analytics': false },
    context: CONTEXT,
  };
}

const TRACK = {
  event: 'Order Completed',
  properties: {
    order_id: '50314b8e9bcf000000000000',
    currency: 'EUR',
    revenue: 129.9,
    coupon: 'SPRING',
    products: [
      {
        product_id: '507f1f77bcf86cd799439011',
        sku: '45790-32',
        name: 'Monopoly: 3rd Edition',
        price: 19,
        quantity: 1,
      },
      { product_id: '505bd76785ebb509fc183733', sku: '46493-32', name: 'Uno Card Game', price: 3, quantity: 2 },
    ],
  },
};

const IDENTIFY = {
  traits: {
    email: 'laura.gibbon@example.com',
    firstName: 'Laura',
    lastName: 'Gibbon',
    plan: 'business',
    employees: 420,
    isPaying: true,
    createdAt: '2024-11-12T08:00:00Z',
    company: { name: 'Initech', industry: 'Software', city: 'Austin', country: 'United States of America' },
    address: { street: '6th Street 21', city: 'San Francisco', state: 'California', postalCode: '94103' },
    favouriteProducts: ['Monopoly: 3rd Edition', 'Uno Card Game'],
  },
};

const CONTEXT = {
  ip: '203.0.113.7',
  locale: 'en-GB',
  timezone: 'Europe/London',
  library: { name: 'analytics.js', version: 'next-1.84.3' },
  userAgent:
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/145.0 Safari/537.36',
  page: {
    path: '/checkout/done',
    referrer: 'https://shop.example.com/checkout/payment',
    search: '?step=4',
    title: 'Thank you for your order',
    url: 'https://shop.example.com/checkout/done?step=4',
  },
  campaign: { name: 'spring-sale', source: 'newsletter', medium: 'email' },
};
