import type { EventStory } from '../api/admin-api';
import { attributeFates } from './attribute-fates';

const PART = {
  requests: [
    { method: 'POST', path: '/v2/users', body: { emailAddress: 'a@b.c', attributes: { plan: 'pro', age: 4 } } },
  ],
};

function storyOf(event: object, part: object | null = PART): Pick<EventStory, 'event' | 'part'> {
  return { event: { state: 'delivered', reason: null, warnings: [], ...event }, part } as unknown as EventStory;
}

describe(attributeFates.name, () => {
  it('says of a delivered event which attributes UserLeap was told, and which were older', () => {
    const warnings = [
      { code: 'stale_value', trait: 'age' },
      { code: 'cannot_unset', trait: 'name' },
    ];
    expect(attributeFates(storyOf({ warnings }))).toEqual([
      { name: 'email', fate: 'told' },
      { name: 'plan', fate: 'told' },
      { name: 'age', fate: 'older' },
    ]);
  });

  it('says of one that brought nothing new that UserLeap had it', () => {
    const fates = attributeFates(storyOf({ state: 'filtered', reason: 'unchanged' }));
    expect(fates.map(({ fate }) => fate)).toEqual(['same', 'same', 'same']);
  });

  it.each([
    ['waits', storyOf({ state: 'pending' })],
    ['was rejected', storyOf({ state: 'rejected', reason: 'refused' })],
    ['was erased', storyOf({}, null)],
    ['has none', storyOf({}, { requests: [{ body: { events: [] } }, { body: null }] })],
  ])('says nothing of one that %s', (_, story) => expect(attributeFates(story)).toEqual([]));
});
