import { curlOf } from './curl-of';

describe(curlOf.name, () => {
  it('is a command, an argument a line, in whose headers a shell puts its variables', () => {
    const headers = ['Authorization: API-Key $KEY'];
    const body = { userId: 'ann' };
    expect(
      curlOf({ method: 'POST', url: '$URL/v2/users', options: ['-u "$KEY:"'], headers, body }).split(' \\\n  '),
    ).toEqual([
      'curl -X POST "$URL/v2/users"',
      '-u "$KEY:"',
      '-H "Authorization: API-Key $KEY"',
      '-H "Content-Type: application/json"',
      `-d '{"userId":"ann"}'`,
    ]);
  });

  it('keeps a shell from reading anything into the body', () => {
    const body = { name: `it's $HOME \`date\`` };
    expect(curlOf({ method: 'POST', url: '/', body })).toContain(`-d '{"name":"it'\\''s $HOME \`date\`"}'`);
  });

  it('has no body where there is none', () => {
    expect(curlOf({ method: 'GET', url: 'http://127.0.0.1/' })).toBe('curl -X GET "http://127.0.0.1/"');
  });
});
