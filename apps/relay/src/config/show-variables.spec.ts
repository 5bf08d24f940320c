import { Environment } from './environment';
import { maskSecret, showVariables } from './show-variables';

describe(showVariables.name, () => {
  const shown = (given: Readonly<Record<string, string>>): ReadonlyMap<string, unknown> => {
    const environment = Object.assign(new Environment(), given);
    return new Map(showVariables(environment, given).map(({ name, ...rest }) => [name, rest]));
  };

  it('tells what was given from what is a default, and names what has none', () => {
    const all = shown({ RELAY_RETENTION: '3d' });
    expect(all.get('RELAY_RETENTION')).toEqual({ value: '3d', isDefault: false });
    expect(all.get('RELAY_LEASE')).toEqual({ value: '30s', isDefault: true });
    expect(all.get('RELAY_DESTINATIONS')).toEqual({ value: null, isDefault: true });
  });

  it.each([
    ['RELAY_ADMIN_TOKEN', 'a-token-of-some-length', '••••'],
    ['RELAY_WRITE_KEY', 'one,two', '••••'],
    ['RELAY_SHARED_SECRET', 'one', '••••'],
    ['DATABASE_URL', 'sqlite:./data/relay.db', 'sqlite:./data/relay.db'],
    ['DATABASE_URL', 'postgres://me:se%40cret@db,other:5433/relay?a=b', 'postgres://me:••••@db,other:5433/relay?a=b'],
    [
      'DATABASE_URL',
      'postgres:///relay?host=/run&password=secret&x=y',
      'postgres:///relay?host=/run&password=••••&x=y',
    ],
    ['RELAY_HTTPS_PROXY', 'http://me:secret@proxy:3128', 'http://me:••••@proxy:3128'],
    ['RELAY_HTTPS_PROXY', 'http://proxy:3128', 'http://proxy:3128'],
    ['RELAY_HTTPS_PROXY', 'https://hooks.example/services/secret', 'https://hooks.example/••••'],
  ])('hides what is secret of %s=%s', (name, text, value) => {
    expect(shown({ [name]: text }).get(name)).toEqual({ value, isDefault: false });
  });
});

describe(maskSecret.name, () => {
  it('shows the end of a long one alone', () => {
    expect(maskSecret('0123456789abcdef')).toBe('••••cdef');
    expect(maskSecret('short')).toBe('••••');
  });
});
