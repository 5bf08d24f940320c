import type { HostileCase } from './hostile-case';
import type { Answer } from './parse-answer';
import { RawConnection } from './raw-connection';

/** What a request came to. */
export interface HostileResult {
  readonly answers: readonly Answer[];
  /** What the connection did wrong, in a sentence. */
  readonly problem?: string;
}

// The rest of a request may be thrown away unread; a reset can then overtake the answer.
const MAY_BE_CUT_BYTES = 16 * 1024;

/** Sends one request after the other, over the same connection as long as it lasts. */
export class HostileClient {
  #connection: RawConnection | undefined;

  constructor(private readonly port: number) {}

  async send(hostile: HostileCase): Promise<HostileResult> {
    const reused = this.#connection;
    this.#connection = undefined;
    const isReused = reused !== undefined && !reused.isEnded;
    const connection = isReused ? reused : await RawConnection.open(this.port);
    const answers: Answer[] = [];
    try {
      connection.write(hostile.bytes);
      await this.#listen(connection, hostile, answers);
    } catch (error) {
      connection.close();
      return { answers, problem: error instanceof Error ? error.message : 'failed' };
    }
    const isOwed = hostile.ending === 'whole' || hostile.ending === 'broken';
    if (!isOwed || answers.length > 0 || hostile.bytes.length > MAY_BE_CUT_BYTES) return { answers };
    // Closed in the moment in which it was written to: that is no fault of the relay.
    return isReused ? this.send(hostile) : { answers, problem: 'found its connection closed, and no answer' };
  }

  close(): void {
    this.#connection?.close();
  }

  async #listen(connection: RawConnection, { ending, isHead }: HostileCase, answers: Answer[]): Promise<void> {
    if (ending === 'abandoned') return connection.close();
    if (ending === 'half-closed') connection.endWriting();
    let answer = await connection.nextAnswer(isHead);
    if (ending === 'broken') connection.endWriting();
    if (answer) answers.push(answer);
    if (ending === 'whole' && answer && answer.headers.get('connection') !== 'close') {
      this.#connection = connection;
      return;
    }
    while (answer) {
      answer = await connection.nextAnswer();
      if (answer) answers.push(answer);
    }
    connection.close();
  }
}
