/** How often each mutant's place is passed, by the mutant's id. */
export type Hits = Readonly<Record<string, number>>;

/** The switches that Stryker's instrumenter puts into the code: it looks at this global. */
interface Switches {
  activeMutant: string;
  hitCount: number;
  /** More hits than this throw: so ends a loop that a mutant made endless. */
  hitLimit: number;
  currentTestId?: string | undefined;
  mutantCoverage: { static: Hits; perTest: Record<string, Hits> };
}

const NONE = '';
const RUNNING = 'running';

export class MutantSwitches {
  readonly #switches: Switches = {
    activeMutant: NONE,
    hitCount: 0,
    hitLimit: Infinity,
    mutantCoverage: { static: {}, perTest: {} },
  };

  constructor() {
    Object.assign(globalThis, { __stryker__: this.#switches });
  }

  /** Switches a mutant on, and all others off. Code that ran before has to be loaded again. */
  activate(mutant: string, hitLimit: number): void {
    Object.assign(this.#switches, { activeMutant: mutant, hitLimit });
    this.restartCount();
  }

  restartCount(): void {
    this.#switches.hitCount = 0;
  }

  get isOverLimit(): boolean {
    return this.#switches.hitCount > this.#switches.hitLimit;
  }

  /** Begins a new count of what is passed: while modules load, until `startRunning`; and after it. */
  startLoading(): void {
    Object.assign(this.#switches, { currentTestId: undefined, mutantCoverage: { static: {}, perTest: {} } });
  }

  startRunning(): void {
    this.#switches.currentTestId = RUNNING;
  }

  get hits(): { readonly loading: Hits; readonly running: Hits } {
    const { mutantCoverage } = this.#switches;
    return { loading: mutantCoverage.static, running: mutantCoverage.perTest[RUNNING] ?? {} };
  }
}
