import { ValidateBy } from 'class-validator';
import { expectedFormText } from '@segment-userleap/validation';

const URL_FORM = /^(https?):\/\/([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[::1\])(?::\d{1,5})?(?:\/[a-z0-9._~-]+)*$/i;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

/** Rule of the base URL: https, or http on a loopback host; no credentials, query or fragment. */
export function IsEndpoint(): PropertyDecorator {
  return ValidateBy({
    name: 'isEndpoint',
    validator: {
      validate: (value) => typeof value === 'string' && isEndpoint(value),
      defaultMessage: (args) =>
        expectedFormText('an https:// address without query (http:// only for this machine)', args?.value),
    },
  });
}

// By hand: libs have no `URL`, and a key must not go where a lenient parser would send it.
function isEndpoint(value: string): boolean {
  const match = URL_FORM.exec(value);
  if (!match) return false;
  const [, scheme = '', host = ''] = match;
  return scheme.toLowerCase() === 'https' || LOOPBACK.test(host);
}
