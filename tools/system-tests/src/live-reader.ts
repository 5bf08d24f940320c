import type { LiveEvent, RelayProcess } from '@segment-userleap/relay-driver';
import { until } from '@segment-userleap/relay-driver';

type DataOf<Name extends LiveEvent['event']> = Extract<LiveEvent, { event: Name }>['data'];

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
  next<Name extends LiveEvent['event']>(
    name: Name,
    holds: (data: DataOf<Name>) => boolean = () => true,
  ): Promise<DataOf<Name>> {
    return until(`a live event ${name}`, async () => this.of(name).find(holds));
  }

  /** The data of the events of that name that came so far, without the first ones of any name. */
  of<Name extends LiveEvent['event']>(name: Name, first = 0): readonly DataOf<Name>[] {
    return this.events.slice(first).flatMap(({ event, data }) => (event === name ? [data as DataOf<Name>] : []));
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
  const [, event, data] = /^event: (.+)\ndata: (.+)$/.exec(block) ?? [];
  return event === undefined || data === undefined ? [] : [{ event, data: JSON.parse(data) as unknown } as LiveEvent];
}
