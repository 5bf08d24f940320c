/** Where progress is shown. */
export interface Screen {
  /** In the place of the line before; otherwise each line stays. */
  readonly isTerminal: boolean;
  write(text: string): void;
}

const BAR_WIDTH = 30;
const LINES = 10;

/** Shows how far a move is: as a bar on a terminal, otherwise as a line for each tenth. */
export class Progress {
  #total = 0;
  #done = 0;
  #shown = '';

  constructor(private readonly screen: Screen) {}

  begin(total: number, done: number): void {
    this.#total = total;
    this.#done = done;
    this.say(
      done === 0 ? `${number(total)} rows to copy.` : `Going on: ${number(done)} of ${number(total)} rows are copied.`,
    );
  }

  add(table: string, rows: number): void {
    this.#done += rows;
    const share = this.#total === 0 ? 1 : Math.min(1, this.#done / this.#total);
    const figures = `${number(this.#done)} of ${number(this.#total)} rows`;
    if (this.screen.isTerminal) {
      const bar = '#'.repeat(Math.floor(share * BAR_WIDTH)).padEnd(BAR_WIDTH, '-');
      this.#shown = `[${bar}] ${Math.floor(share * 100)} % ${figures}, ${table}`;
      this.screen.write(`\r\u001b[2K${this.#shown}`);
      return;
    }
    const tenth = `${Math.floor(share * LINES) * (100 / LINES)} %`;
    if (tenth === this.#shown) return;
    this.#shown = tenth;
    this.screen.write(`${tenth}: ${figures}\n`);
  }

  say(text: string): void {
    if (this.screen.isTerminal && this.#shown !== '') this.screen.write('\n');
    this.#shown = '';
    this.screen.write(`${text}\n`);
  }
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
