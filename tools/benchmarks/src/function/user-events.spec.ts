import { userEvents } from './user-events';

describe(userEvents.name, () => {
  it('gives each user an Identify and three Tracks, in this order', () => {
    const events = userEvents(8) as readonly { type: string; userId?: string }[];
    expect(events.map(({ type, userId }) => `${userId} ${type}`)).toEqual([
      'user-0 identify',
      ...Array<string>(3).fill('user-0 track'),
      'user-1 identify',
      ...Array<string>(3).fill('user-1 track'),
    ]);
  });
});
