import { inheritedSocket } from './inherited-socket';

describe(inheritedSocket.name, () => {
  it('is the first that is handed to this process', () => {
    expect(inheritedSocket({ LISTEN_PID: '42', LISTEN_FDS: '1' }, 42)).toBe(3);
    expect(inheritedSocket({ LISTEN_PID: '42', LISTEN_FDS: '2' }, 42)).toBe(3);
  });

  it.each([
    {},
    { LISTEN_FDS: '1' },
    { LISTEN_PID: '42' },
    { LISTEN_PID: '41', LISTEN_FDS: '1' },
    { LISTEN_PID: '42', LISTEN_FDS: '0' },
    { LISTEN_PID: '42', LISTEN_FDS: 'x' },
  ])('is none where that is said of another, or not at all: %j', (env) => {
    expect(inheritedSocket(env, 42)).toBeUndefined();
  });
});
