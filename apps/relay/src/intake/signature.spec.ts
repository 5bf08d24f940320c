import { isSignedBy } from './signature';

// Made by openssl: printf '%s' TEXT | openssl dgst -sha1 -hmac hush
const OF_SINGLE = 'd0829847011c56741ddc72f10e75c952434d7652';
const SINGLE = '{"type":"track","n":1.0}';
const OF_WRITTEN = '3a0533c489ac7344e835614d0d959c6d90ee8e04';

describe(isSignedBy.name, () => {
  const isSigned = (signature: string, body: string, secrets = ['hush']): boolean =>
    isSignedBy(secrets, signature, Buffer.from(body));

  it('takes the signature of the body', () => {
    expect(isSigned(OF_SINGLE, SINGLE)).toBe(true);
    expect(isSigned(OF_SINGLE, SINGLE, ['other', 'hush'])).toBe(true);
  });

  it.each([`[${SINGLE}]`, `[${SINGLE},2]`, ` [ \n${SINGLE}\t , {"b": "]"}]`])(
    'takes that of the first element of %s',
    (body) => {
      expect(isSigned(OF_SINGLE, body)).toBe(true);
    },
  );

  it('takes that of the first element written anew', () => {
    expect(isSigned(OF_WRITTEN, `[ ${SINGLE} ]`)).toBe(true);
    expect(isSigned(OF_WRITTEN, SINGLE)).toBe(false);
  });

  it.each([
    ['another body', OF_SINGLE, `${SINGLE} `, ['hush']],
    ['another first element', OF_SINGLE, `[2,${SINGLE}]`, ['hush']],
    ['another secret', OF_SINGLE, SINGLE, ['other']],
    ['no secret', OF_SINGLE, SINGLE, []],
    ['capitals', OF_SINGLE.toUpperCase(), SINGLE, ['hush']],
    ['a part of it', OF_SINGLE.slice(1), SINGLE, ['hush']],
    ['an array that does not end', OF_SINGLE, `[${SINGLE}`, ['hush']],
    ['an empty array', OF_SINGLE, '[]', ['hush']],
    ['an empty body', OF_SINGLE, '', ['hush']],
  ])('refuses %s', (_, signature, body, secrets) => {
    expect(isSigned(signature, body, secrets)).toBe(false);
  });
});
