import { Console } from 'node:console';
import { Writable } from 'node:stream';

export interface CollectedConsole {
  console: Console;
  /** What was written so far, formatted as Node does; one entry a call. */
  output(): readonly string[];
}

/** A console that prints nothing and remembers everything. */
export function collectConsole(): CollectedConsole {
  const entries: string[] = [];
  const sink = new Writable({
    decodeStrings: false,
    write(text: string, _encoding, done) {
      entries.push(text.replace(/\n$/, ''));
      done();
    },
  });
  return { console: new Console({ stdout: sink, stderr: sink, colorMode: false }), output: () => [...entries] };
}
