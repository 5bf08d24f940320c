import { isRecord } from '@segment-userleap/validation';
import { DatabaseError } from 'pg';

const CERTIFICATE =
  /^(?:SELF_SIGNED_CERT|DEPTH_ZERO|UNABLE_TO_(?:VERIFY|GET_ISSUER)|CERT_|ERR_TLS_CERT|HOSTNAME_MISMATCH|INVALID_CA)/;

/**
 * Why a database cannot be used, without its URL, which holds a password. Where a host has several addresses, Node's error has no
 * text, only a code.
 */
export function whyUnusable(error: unknown): string {
  const { code, message, path } = isRecord(error) ? error : {};
  const text = typeof message === 'string' && message !== '' ? message : 'unknown error';
  if (error instanceof DatabaseError || typeof code !== 'string' || code === '25006') return text;
  if (CERTIFICATE.test(code)) {
    return `its certificate is not trusted (${code}): name your provider's authority in the URL, sslrootcert=FILE`;
  }
  if (code === 'ENOENT' && typeof path === 'string' && !/\.s\.PGSQL/.test(path))
    return `there is no file ${path} (ENOENT)`;
  return code;
}
