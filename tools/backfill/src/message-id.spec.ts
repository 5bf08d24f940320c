import { messageIdOf } from './message-id';

describe(messageIdOf.name, () => {
  it('is the same wherever the file lies, and whether it is packed', () => {
    expect(messageIdOf('2026/01/part-0.json.gz', 3, '{}')).toBe(messageIdOf('part-0.json', 3, '{}'));
  });

  it('is another one in another file', () => {
    expect(messageIdOf('part-0.json', 3, '{}')).not.toBe(messageIdOf('part-1.json', 3, '{}'));
  });
});
