import { aliasOf, deleteOf, identify, settled, THERE, track, trackOf } from '../../../test/outbox-suite/sample-events';
import { packEvents, unpackEvents } from './pack-events';

describe(packEvents.name, () => {
  it('loses nothing of any kind of event, nor their order', () => {
    const events = [
      track('one', { eventName: 'Order Completed' }),
      trackOf('', 'of nobody', { destination: THERE, acceptedAt: 7 }),
      identify('who'),
      deleteOf('bert', 'gone'),
      aliasOf('old', 'new', 'moved'),
      settled('two', 'filtered', 'anna'),
      settled('three', 'rejected'),
      track('denied', { heldBack: { name: 'Opened', reason: 'event_denied' } }),
      track('held', { fate: { anonymousId: 'visitor' } }),
      identify('claiming', { claim: { anonymousId: 'visitor', userId: 'anna' } }),
    ];
    expect(unpackEvents(structuredClone(packEvents(events)))).toEqual(events);
  });
});
