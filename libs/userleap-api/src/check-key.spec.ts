import { buildKeyCheck, judgeKeyCheck } from './check-key';

describe(buildKeyCheck.name, () => {
  it('looks up somebody who is nobody, with the key', () => {
    const { method, url, headers, body } = buildKeyCheck({ endpoint: 'https://userleap.example', apiKey: 'key' });
    expect([method, body, headers['Authorization']]).toEqual(['GET', undefined, 'API-Key key']);
    expect(url).toMatch(/^https:\/\/userleap\.example\/v2\/users\/[^/]+$/);
  });
});

describe(judgeKeyCheck.name, () => {
  it.each([
    [404, true, 'UserLeap takes the key'],
    [200, true, 'UserLeap takes the key'],
    [401, false, 'UserLeap refuses the key (401): check apiKey, and that it belongs to endpoint'],
    [403, false, 'UserLeap refuses the key (403): check apiKey, and that it belongs to endpoint'],
    [429, false, 'UserLeap takes no more requests for now (429): try again later'],
    [502, false, 'UserLeap fails at the moment (502): try again later'],
    [302, false, "this is not UserLeap's answer (302): check endpoint"],
  ])('says what %i means', (status, ok, message) => {
    expect(judgeKeyCheck({ status, headers: {}, body: '' })).toEqual({ ok, status, message });
  });

  it('says that no answer came, and what stood in the way where that is known', () => {
    const none = { ok: false, status: null };
    const message = 'UserLeap did not answer in time: check endpoint, and the way there';
    expect(judgeKeyCheck({ failure: 'timeout' })).toEqual({ ...none, message });
    expect(judgeKeyCheck({ failure: 'network_failure', note: 'no way' })).toEqual({ ...none, message: 'no way' });
  });
});
