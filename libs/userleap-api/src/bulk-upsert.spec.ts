import { buildBulkRequest, bulkColumnsOf, classifyBulkReply } from './bulk-upsert';

const CREDENTIALS = { endpoint: 'https://api.example.com', apiKey: 'key' };

describe(buildBulkRequest.name, () => {
  it('has a column for each attribute, and every value as text', () => {
    const upserts = [
      { userId: 'anna', emailAddress: 'a@example.com', attributes: { seats: 5, admin: true, plan: 'pro' } },
      { userId: 'bert', emailAddress: 'b@example.com', attributes: { admin: false, plan: 'free', seats: 0 } },
    ];
    const [columns, same] = upserts.map(bulkColumnsOf);
    expect(columns).toBe(same);
    expect(buildBulkRequest(columns ?? '', upserts, CREDENTIALS)).toEqual({
      kind: 'bulk',
      method: 'POST',
      url: 'https://api.example.com/v1/users/bulk',
      headers: { Authorization: 'Bearer key', 'Content-Type': 'text/csv', Accept: 'application/json' },
      body: 'user_id,email,admin,plan,seats\r\nanna,a@example.com,true,pro,5\r\nbert,b@example.com,false,free,0\r\n',
      upserts,
    });
  });

  it('quotes commas, quotes, line breaks and blanks at the ends', () => {
    const upserts = [{ userId: 'a,b', attributes: { 'say "hi"': 'two\nlines', blank: ' x' } }];
    const { body } = buildBulkRequest(bulkColumnsOf(upserts[0] ?? { userId: '' }) ?? '', upserts, CREDENTIALS);
    expect(body).toBe('user_id,blank,"say ""hi"""\r\n"a,b"," x","two\nlines"\r\n');
  });
});

describe(bulkColumnsOf.name, () => {
  it('tells apart who has an address from who has none', () => {
    expect(bulkColumnsOf({ userId: 'anna' })).not.toBe(bulkColumnsOf({ userId: 'anna', emailAddress: 'a@b.c' }));
  });

  it.each([
    ['events', { events: [{ event: 'Signed Up', timestamp: 1 }] }],
    ['an empty value', { attributes: { plan: '' } }],
    ['an attribute called email', { attributes: { email: 'a@example.com' } }],
    ['an attribute called user_id', { attributes: { user_id: 'x' } }],
  ])('knows no row for %s', (_, upsert) => {
    expect(bulkColumnsOf({ userId: 'anna', ...upsert })).toBeUndefined();
  });
});

describe(classifyBulkReply.name, () => {
  const classify = (status: number) => classifyBulkReply({ status, headers: {}, body: '' }, { apiKey: 'key', now: 0 });

  it.each([400, 404, 405, 413, 415, 422, 501])('takes %d for a refusal of the bulk alone', (status) => {
    expect(classify(status).kind).toBe('refused');
  });

  it.each([
    [202, 'accepted'],
    [401, 'misconfigured'],
    [403, 'misconfigured'],
    [429, 'retry'],
    [503, 'retry'],
  ])('takes %d for what it is to an upsert: %s', (status, kind) => {
    expect(classify(status).kind).toBe(kind);
  });
});
