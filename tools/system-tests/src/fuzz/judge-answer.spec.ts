import { CANARY } from './hostile-case';
import { judgeAnswer } from './judge-answer';

function judge(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const all = new Map(Object.entries({ 'x-request-id': 'a', ...headers }));
  return judgeAnswer({ status, headers: all, body: text }, false);
}

function refusal(message: string) {
  return { code: 'a_code', message, error: message };
}

describe(judgeAnswer.name, () => {
  it.each([
    ['a success', 200, { success: true }, {}],
    ['a list', 200, { events: [] }, {}],
    ['a preflight', 204, '', {}],
    ['a page', 200, '<!doctype html>', { 'content-type': 'text/html; charset=utf-8' }],
    ['addresses of files', 404, refusal('expected one of GET /function/userleap.js'), {}],
    ['a refusal', 400, refusal('body: expected JSON, got nothing'), {}],
    ['what is not supported', 501, refusal('type: UserLeap has no place for group calls'), {}],
    ['what may come again', 503, refusal('too much'), { 'retry-after': '5' }],
  ])('has nothing against %s', (_, status, body, headers) => {
    expect(judge(status, body, headers)).toBeUndefined();
  });

  it.each([
    ['a fault', 500, refusal('unexpected error'), {}],
    ['a fault that is said to be another’s', 502, refusal('a'), {}],
    ['a redirect', 302, '', {}],
    ['a refusal for now without time', 503, refusal('too much'), {}],
    ['a limit without time', 429, refusal('too much'), {}],
    ['an empty refusal', 417, '', {}],
    ['a refusal in plain words', 400, 'Bad Request', {}],
    ['a refusal with more than a message', 400, { ...refusal('a'), statusCode: 400 }, {}],
    ['a refusal without words', 400, refusal(''), {}],
    ['a refusal without a code', 400, { message: 'a', error: 'a' }, {}],
    ['a refusal with a code of many words', 400, { ...refusal('a'), code: 'Bad Request' }, {}],
    ['a stack', 400, refusal('Error\n    at parse (/srv/main.js:1:2)'), {}],
    ['a place in the code', 400, refusal('/srv/main.js:1'), {}],
    ['what was sent', 400, refusal(`userId: ${CANARY}`), {}],
    ['a success that is none', 200, { success: CANARY }, {}],
    ['a success in plain words', 200, 'ok', {}],
    ['who made it', 200, { success: true }, { 'x-powered-by': 'a' }],
  ])('has something against %s', (_, status, body, headers) => {
    expect(judge(status, body, headers)).toEqual(expect.any(String));
  });

  it('asks for a request id', () => {
    const answer = { status: 200, headers: new Map<string, string>(), body: '{"success":true}' };
    expect(judgeAnswer(answer, false)).toBe('was answered 200 without a request id');
  });
});
