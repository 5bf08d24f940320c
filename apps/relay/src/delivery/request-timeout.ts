/** No answer came in time. */
export class RequestTimeout extends Error {
  override readonly name = 'RequestTimeout';
}
