type Done = (error?: unknown) => void;

interface User {
  readonly userId: string;
}

/** What the SDKs for servers have in common. */
export interface ServerSdk {
  identify(message: User & { traits: { firstName: string; lastName: string } }, done: Done): unknown;
  track(message: User & { event: string; properties?: { price: number } }, done: Done): unknown;
  page(message: User & { name: string; properties: { url: string } }, done: Done): unknown;
  screen(message: User & { name: string }, done: Done): unknown;
  group(message: User & { groupId: string; traits: { plan: string } }, done: Done): unknown;
  alias(message: User & { previousId: string }, done: Done): unknown;
}

/** Makes one call of each kind. Resolves once the SDK has called back for all of them, rejects with an error that it reports. */
export async function makeSixCalls(sdk: ServerSdk): Promise<void> {
  const userId = 'laura';
  await Promise.all([
    called((done) => sdk.identify({ userId, traits: { firstName: 'Laura', lastName: 'Gibbon' } }, done)),
    called((done) => sdk.track({ userId, event: 'Clicked Button', properties: { price: 3 } }, done)),
    called((done) => sdk.page({ userId, name: 'Pricing', properties: { url: 'https://shop.example/' } }, done)),
    called((done) => sdk.screen({ userId, name: 'Home' }, done)),
    called((done) => sdk.group({ userId, groupId: 'g1', traits: { plan: 'pro' } }, done)),
    called((done) => sdk.alias({ userId: 'gibbon', previousId: userId }, done)),
  ]);
}

/** Makes `Event <first>` to `Event <last>` of one user. Resolves and rejects as `makeSixCalls`. */
export async function trackEvents(sdk: ServerSdk, first: number, last: number): Promise<void> {
  const numbers = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  await Promise.all(numbers.map((n) => called((done) => sdk.track({ userId: 'laura', event: `Event ${n}` }, done))));
}

function called(call: (done: Done) => unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    call((error) => (error ? reject(error) : resolve()));
  });
}
