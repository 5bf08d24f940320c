export interface Answer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

export function jsonAnswer(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

export function textAnswer(status: number, body: string): Answer {
  return { status, headers: { 'content-type': 'text/plain' }, body };
}

export function errorAnswer(status: number, error: string, headers?: Readonly<Record<string, string>>): Answer {
  return jsonAnswer(status, { error }, headers);
}
