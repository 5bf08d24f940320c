import { readByHand } from './function-code';
import { loadFunction } from './load-function';
import { playEvents } from './play-events';
import { userEvents } from './user-events';

describe(playEvents.name, () => {
  it.each(['single', 20, 400] as const)('sends each event by hand in a request of its own (%s)', async (size) => {
    const byHand = loadFunction(readByHand().code);
    await playEvents(byHand, userEvents(40), size);
    expect(byHand.requests()).toBe(40);
  });

  it('throws where an event was refused', async () => {
    const refusing = loadFunction(
      'function onIdentify() {} function onTrack() {} async function onBatch() { return [{ status: 400 }]; }',
    );
    await expect(playEvents(refusing, userEvents(1), 20)).rejects.toThrow('not delivered');
  });
});
