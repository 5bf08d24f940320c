import { isRecord } from '@segment-userleap/validation';
import { DatabaseError } from 'pg';
import { placesOf } from '../../config/split-hosts';

const CERTIFICATE =
  /^(?:SELF_SIGNED_CERT|DEPTH_ZERO|UNABLE_TO_(?:VERIFY|GET_ISSUER)|CERT_|ERR_TLS_CERT|HOSTNAME_MISMATCH|INVALID_CA)/;

const ANOTHER_NAME = 'ERR_TLS_CERT_ALTNAME_INVALID';

/**
 * Why the database of a URL cannot be used, without the URL itself, which holds a password. Where a host has several addresses,
 * Node's error has no text, only a code.
 */
export function whyUnusable(error: unknown, url: string): string {
  const { code, message, path } = isRecord(error) ? error : {};
  const text = typeof message === 'string' && message !== '' ? message : 'unknown error';
  if (error instanceof DatabaseError || typeof code !== 'string' || code === '25006') return text;
  if (code === ANOTHER_NAME) return `its certificate is for another name than that in the URL (${code})`;
  if (CERTIFICATE.test(code)) {
    return `its certificate is not trusted (${code}): name your provider's authority in the URL, sslrootcert=FILE`;
  }
  if (code === 'ENOENT' && typeof path === 'string') return `there is no file ${path} (ENOENT)`;
  return `${code} (${placesOf(url)})`;
}
