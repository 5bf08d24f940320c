import { whyUnusable } from './why-unusable';

const URL_OF_TWO = 'postgres://me:secret@one:5433,two/relay';

describe(whyUnusable.name, () => {
  it.each<[object, string]>([
    [{ code: 'ECONNREFUSED', message: '' }, 'ECONNREFUSED (one:5433, two)'],
    [{ code: 'ENOENT', path: '/etc/ca.pem' }, 'there is no file /etc/ca.pem (ENOENT)'],
    [
      { code: 'ERR_TLS_CERT_ALTNAME_INVALID' },
      'its certificate is for another name than that in the URL (ERR_TLS_CERT_ALTNAME_INVALID)',
    ],
    [
      { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
      "its certificate is not trusted (UNABLE_TO_VERIFY_LEAF_SIGNATURE): name your provider's authority in the URL, sslrootcert=FILE",
    ],
    [{ message: 'Connection terminated' }, 'Connection terminated'],
    [{}, 'unknown error'],
  ])('says of %j what it means', (error, sentence) => {
    expect(whyUnusable(Object.assign(new Error(), error), URL_OF_TWO)).toBe(sentence);
  });
});
