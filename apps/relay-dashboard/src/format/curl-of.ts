interface CurlRequest {
  readonly method: string;
  readonly url: string;
  /** Each as a shell reads it within double quotes: a variable may stand in it. */
  readonly headers?: readonly string[];
  readonly options?: readonly string[];
  /** Undefined: none. */
  readonly body?: unknown;
}

/** A command that makes a request, to be pasted into a shell. */
export function curlOf({ method, url, headers = [], options = [], body }: CurlRequest): string {
  return [
    `curl -X ${method} "${url}"`,
    ...options,
    ...headers.map((header) => `-H "${header}"`),
    ...(body === undefined ? [] : ['-H "Content-Type: application/json"', `-d ${quote(JSON.stringify(body))}`]),
  ].join(' \\\n  ');
}

/** As a shell takes it for one word, whatever is in it. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
