import type { RelayProcess } from '@segment-userleap/relay-driver';
import { until } from '@segment-userleap/relay-driver';

interface LiveEvent {
  readonly name: string;
  readonly data: unknown;
}

/** A page that listens to `GET /api/live`. */
export class LiveReader {
  readonly events: LiveEvent[] = [];
  /** How the stream ended, once it has: by the relay, or by a broken connection. */
  end: 'ended' | 'broken' | undefined;
  readonly #abort: AbortController;

  private constructor(
    readonly status: number,
    readonly headers: Headers,
    abort: AbortController,
  ) {
    this.#abort = abort;
  }

  static async open(
    { url }: Pick<RelayProcess, 'url'>,
    headers: Readonly<Record<string, string>>,
  ): Promise<LiveReader> {
    const abort = new AbortController();
    const response = await fetch(`${url}/api/live`, { headers, signal: abort.signal });
    const reader = new LiveReader(response.status, response.headers, abort);
    void reader.#read(response);
    return reader;
  }

  /** The first event of that name for which it holds, of those that came and those to come. */
  next(name: string, holds: (data: unknown) => boolean = () => true): Promise<unknown> {
    return until(`a live event ${name}`, () => this.events.find((one) => one.name === name && holds(one.data))?.data);
  }

  close(): void {
    this.#abort.abort();
  }

  async #read(response: Response): Promise<void> {
    let text = '';
    try {
      for await (const chunk of response.body ?? []) {
        text += new TextDecoder().decode(chunk as Uint8Array);
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        this.events.push(...blocks.flatMap((block) => parse(block)));
      }
      this.end = 'ended';
    } catch {
      this.end = 'broken';
    }
  }
}

function parse(block: string): readonly LiveEvent[] {
  const [, name, data] = /^event: (.+)\ndata: (.+)$/.exec(block) ?? [];
  return name === undefined || data === undefined ? [] : [{ name, data: JSON.parse(data) as unknown }];
}
