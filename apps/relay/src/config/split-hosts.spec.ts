import { placesOf, splitHosts } from './split-hosts';

describe(splitHosts.name, () => {
  it.each<[string, readonly string[]]>([
    [
      'postgres://me:secret@db.example:5433/relay?sslmode=verify-full',
      ['postgres://me:secret@db.example:5433/relay?sslmode=verify-full'],
    ],
    ['postgresql://db/relay', ['postgresql://db/relay']],
    ['postgres://me@[::1]:5433/relay', ['postgres://me@[::1]:5433/relay']],
    [
      'postgres://me:secret@one:5433,two/relay?target_session_attrs=read-write',
      [
        'postgres://me:secret@one:5433/relay?target_session_attrs=read-write',
        'postgres://me:secret@two/relay?target_session_attrs=read-write',
      ],
    ],
    [
      'postgres://me@/relay?host=one,two&port=5433,5434',
      ['postgres://me@one:5433/relay', 'postgres://me@two:5434/relay'],
    ],
    ['postgres://me@/relay?host=one,two&port=5433', ['postgres://me@one:5433/relay', 'postgres://me@two:5433/relay']],
    ['postgres://me@/relay?host=/run/postgresql', ['postgres://me@/relay?host=%2Frun%2Fpostgresql']],
    ['postgres:///relay?host=/run/postgresql&port=5433', ['postgres:///relay?host=%2Frun%2Fpostgresql&port=5433']],
    ['postgres://me@%2Frun%2Fpostgresql:5433/relay', ['postgres://me@/relay?host=%2Frun%2Fpostgresql&port=5433']],
    ['postgres://me@%2Frun%2Fpostgresql/relay', ['postgres://me@/relay?host=%2Frun%2Fpostgresql']],
  ])('makes %s a URL for each server', (url, urls) => {
    expect(splitHosts(url)).toEqual(urls);
  });

  it.each([
    'postgres://me@/relay',
    'postgres://db',
    'postgres://db/',
    'postgres://one,/relay',
    'postgres://one:x/relay',
    'postgres://me:se cret@:x/relay',
    'postgres://me:a#b@db/relay',
    'mysql://db/relay',
  ])('takes %s for none', (url) => {
    expect(splitHosts(url)).toBeUndefined();
  });
});

describe(placesOf.name, () => {
  it.each([
    ['postgres://me:secret@one:5433,two/relay?sslmode=require', 'one:5433, two'],
    ['postgres://me:secret@/relay?host=/run/postgresql', '/run/postgresql'],
  ])('names the servers of %s', (url, places) => {
    expect(placesOf(url)).toBe(places);
  });
});
