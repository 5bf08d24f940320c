import type { Settings } from '@segment-userleap/mapping';
import type { BatchEvent } from './batch';
import type { CallResult } from './relay-client';
import { Courier, HandOverEnded } from './courier';
import type { HistoryFile } from './history-file';
import type { Journal, Progress } from './journal';
import { fitText, judgeEvent, whyInvalid } from './judge-event';
import { TOO_LONG } from './history-record';
import { firstOf, isDone, START } from './position';
import type { Position } from './position';
import { readHistory } from './read-history';
import type { Choice, HistoryItem } from './read-history';
import type { ReportFile } from './report-file';
import { Strand } from './strand';
import type { Mark } from './strand';
import { sumOf } from './tally';
import type { Tally } from './tally';
import type { UserSketch } from './user-sketch';

/** How many calls go at once. Part of a state file: of another number events would belong to other strands. */
export const STRANDS = 4;

/** What a hand-over needs. */
export interface HandOverParts {
  readonly files: readonly HistoryFile[];
  readonly choice: Choice;
  readonly settings: Settings;
  readonly journal: Journal;
  readonly report: ReportFile;
  readonly users: UserSketch;
  readonly stop: AbortSignal;
  readonly call: (body: string) => Promise<CallResult>;
  readonly onRead: (bytes: number) => void;
  readonly onWait: (why: string | undefined) => void;
  now(): number;
}

type EventItem = Extract<HistoryItem, { kind: 'event' }>;

/** Hands a history over to a relay, from where a run before this one ended. */
export class HandOver {
  readonly #strands: readonly Strand[];
  readonly #halt = new AbortController();
  #read: Position;
  /** The last events were Aliases or Deletes. */
  #isAtBarrier = false;

  constructor(
    private readonly parts: HandOverParts,
    { marks }: Pick<Progress, 'marks'>,
  ) {
    const courier = new Courier(parts.call, {
      stop: AbortSignal.any([parts.stop, this.#halt.signal]),
      onWait: parts.onWait,
      onRefused: ({ position, strand }, why) => this.#report({ position, strand, why: `the relay answers ${why}` }),
    });
    const bring = (events: readonly BatchEvent[]) => courier.bring(events);
    this.#strands = marks.map((mark) => new Strand(mark, bring, () => this.#note()));
    this.#read = firstOf(marks.map(({ position }) => position));
  }

  /** What the relay has, and what it will not get. */
  get tally(): Tally {
    return sumOf(this.#marks().map(({ tally }) => tally));
  }

  /** Resolves when all is handed over, or when it has to end: with the reason. */
  async run(): Promise<string | undefined> {
    const { files, choice, onRead, stop } = this.parts;
    try {
      for await (const items of readHistory(files, choice, { after: this.#read, onRead })) {
        for (const item of items) {
          const wait = this.#take(item);
          if (wait) await wait;
        }
        if (stop.aborted) throw new HandOverEnded('stopped');
      }
      await this.#flush();
      this.#read = { file: files.length, place: START.place };
      this.#note();
      return undefined;
    } catch (error) {
      // What is under way may still be taken; nothing else is sent.
      this.#halt.abort();
      await Promise.allSettled(this.#strands.map((strand) => strand.settled()));
      this.#note();
      if (!(error instanceof HandOverEnded)) throw error;
      return error.message;
    }
  }

  /** Takes a record to its strand. Returns what is to be waited for before the next one. */
  #take(item: HistoryItem): Promise<void> | undefined {
    const position = { file: item.file, place: item.place };
    const number = strandOf(item, this.#strands.length);
    const strand = this.#strands[number];
    if (!strand) throw new Error('there is no such strand');
    if (isDone(position, strand.position)) return undefined;
    if (item.kind === 'event') return this.#takeEvent(item, { strand, number });
    if (item.kind === 'broken') this.#report({ position, strand: number, why: item.why });
    strand.count(item.kind === 'broken' ? { broken: 1 } : { leftOut: 1 });
    this.#read = position;
    return undefined;
  }

  #takeEvent(item: EventItem, { strand, number }: { strand: Strand; number: number }): Promise<void> | undefined {
    const { settings, users } = this.parts;
    const position = { file: item.file, place: item.place };
    const mapped = judgeEvent(item.event, settings, this.parts.now());
    const text = fitText(item.text);
    const why = whyInvalid(mapped) ?? (text === undefined ? `event: ${TOO_LONG}` : undefined);
    if (text === undefined || why !== undefined) {
      this.#report({ position, strand: number, why: why ?? TOO_LONG });
      strand.count({ broken: 1 });
      this.#read = position;
      return undefined;
    }
    if (mapped.kind === 'settled' && mapped.outcome.outcome === 'rejected') {
      this.#report({ position, strand: number, why: mapped.outcome.message, isHandedOver: true });
      strand.count({ refused: 1 });
    }
    if (mapped.kind === 'operation') users.add(mapped.operation.userId);
    const event = { position, strand: number, text, hasSentAt: item.event.sentAt !== undefined };
    if (isBarrier(item.event) !== this.#isAtBarrier) return this.#turn(strand, event);
    this.#read = position;
    return strand.add(event);
  }

  /** From what may go side by side to what may not, or back: all that was before it has to be there, of whichever strand. */
  async #turn(strand: Strand, event: BatchEvent): Promise<void> {
    await this.#flush();
    this.#isAtBarrier = !this.#isAtBarrier;
    this.#read = event.position;
    await strand.add(event);
  }

  async #flush(): Promise<void> {
    await Promise.all(this.#strands.map((strand) => strand.flush(this.#read)));
  }

  #report(line: { position: Position; strand: number; why: string; isHandedOver?: true }): void {
    const { position, ...rest } = line;
    const file = this.parts.files[position.file]?.path ?? '';
    this.parts.report.add({ file, line: position.place, ...rest });
  }

  #note(): void {
    // The other way round a process that dies in between would have said that they are done.
    const { report, journal, users } = this.parts;
    report.write();
    const marks = this.#marks();
    journal.note({ marks, users: users.takeChanges() }, () => ({ marks, users: users.all }));
  }

  #marks(): readonly Mark[] {
    return this.#strands.map((strand) => strand.markAt(this.#read));
  }
}

/**
 * By the device, else by the user: an Identify that says whose a visitor's events are stays behind these. Of no
 * setting, nor of what the event becomes: the same in every run.
 */
function strandOf(item: HistoryItem, strands: number): number {
  if (item.kind === 'event' && isBarrier(item.event)) return 0;
  const { anonymousId, userId } = item.kind === 'event' ? item.event : {};
  const key = [anonymousId, userId].find((id) => typeof id === 'number' || (typeof id === 'string' && id !== ''));
  return (key === undefined ? item.place : hashOf(String(key))) % strands;
}

/**
 * What was before a Delete, or an Alias from one user to another, must be there before it, and what came after it must not be. An Alias of a
 * visitor is no such thing: it says whose the visitor's events are, and stays with these.
 */
function isBarrier({ type, previousId, anonymousId }: EventItem['event']): boolean {
  return type === 'delete' || (type === 'alias' && previousId !== anonymousId);
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
