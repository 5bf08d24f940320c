/** What is left of an event that was erased: its message id, and what became of it. */
export const ERASED = {
  lane: null,
  other_user: null,
  anonymous_id: null,
  event_name: null,
  body: '',
  message: null,
  warnings: '[]',
  history: '[]',
  replays: '[]',
};
