import { reasoned } from '@segment-userleap/mapping';
import type { Outcome, ReasonCode, ReasonedOutcome, Settings, UserUpdate, Warning } from '@segment-userleap/mapping';
import { classifyReply } from '@segment-userleap/userleap-api';
import type { ReplyClass, UserLeapReply, UserLeapRequest } from '@segment-userleap/userleap-api';
import type { DeliveryPorts } from './delivery-ports';
import type { Pending } from './pending';
import { UserMemory } from './user-memory';

/** What an exchange with UserLeap comes to, besides "accepted", "unknown user" and "refused": nothing now. */
interface Postponed {
  readonly kind: 'postponed';
  readonly outcome: ReasonedOutcome;
}

// Enough to see what is wrong with a source; an event with 10,000 bad traits must not become 10,000 warnings.
const MAX_WARNINGS = 100;

const PURGE_TROUBLES: readonly ReasonCode[] = ['purge_not_allowed', 'wrong_endpoint'];

export type Exchange = Exclude<ReplyClass, { kind: 'retry' | 'misconfigured' | 'not_found' }> | Postponed;

/** The state of one call of `deliverEvents`: outcomes so far, and whether there is any use in sending more. */
export class DeliveryRun {
  /** Users that an Alias, which is to be retried, may yet create. */
  readonly expected = new Set<string>();
  /** Users that UserLeap was told to erase in this run: it may show them yet. */
  readonly erased = new Set<string>();
  readonly #updates = new Map<string, readonly UserUpdate[]>();
  readonly #memories = new Map<string, Promise<UserMemory>>();
  readonly #outcomes = new Map<number, Outcome>();
  #halted: Postponed | undefined;
  #purgesHalted: Postponed | undefined;
  #hasAnswered = false;

  constructor(
    readonly settings: Settings,
    readonly ports: DeliveryPorts,
  ) {}

  /**
   * Sends a request for these events, unless an earlier answer or the deadline says that none can succeed now. `isOptional`:
   * one that others can do without; why the key may not make it says nothing of them.
   */
  async exchange(request: UserLeapRequest, events: readonly Pending[], { isOptional = false } = {}): Promise<Exchange> {
    const halted = this.#halted ?? (request.kind === 'purge' ? this.#purgesHalted : undefined);
    if (halted) return halted;
    const { deadline } = this.ports;
    if (deadline !== undefined && this.ports.now() >= deadline) {
      return { kind: 'postponed', outcome: reasoned('retry', 'out_of_time') };
    }
    // Before it goes: what else of the run is answered meanwhile is a matter of chance.
    const isUserLeap = request.kind === 'purge' && (this.#hasAnswered || (await this.ports.users.hasAnswered()));
    const reply = await this.ports.send(
      request,
      events.map(({ index }) => index),
    );
    const result = await this.#classify(request, reply, isUserLeap);
    if (result.kind !== 'retry' && result.kind !== 'misconfigured') return result;
    const delay = result.kind === 'retry' && result.delayMs !== undefined ? { delayMs: result.delayMs } : {};
    // Who is one too many in the month waits for a person: the limit is to be raised, or the month to turn.
    const outcome = reasoned(result.reason === 'monthly_limit' ? 'rejected' : 'retry', result.reason);
    const postponed: Postponed = { kind: 'postponed', outcome: { ...outcome, ...delay } };
    // What a purge is refused for holds for purges: the key may lack the right to erase, and nothing else.
    if (PURGE_TROUBLES.includes(result.reason) && request.kind === 'purge') this.#purgesHalted = postponed;
    // These hold for every request of this destination: sending more would only make it worse.
    else if (result.kind === 'misconfigured' ? !isOptional : result.isForAll) this.#halted = postponed;
    return postponed;
  }

  /** UserLeap has taken this for the user, in one request; it shows it a moment later. */
  async noteTold(userId: string, updates: readonly UserUpdate[]): Promise<void> {
    this.#updates.set(userId, [...this.updatesOf(userId), ...updates]);
    await this.ports.users.told?.(userId);
  }

  /** What UserLeap was told of the user, in this run and before it. */
  memoryOf(userId: string): Promise<UserMemory> {
    const { users } = this.ports;
    const load = async () => new UserMemory(userId, users.secret, await users.loadMemory(userId));
    const memory = this.#memories.get(userId) ?? load();
    this.#memories.set(userId, memory);
    return memory;
  }

  /** Has the host keep what UserLeap was told of the user: one that UserLeap knows, or nobody would ever forget it. */
  async keepMemory(userId: string, memory: UserMemory): Promise<void> {
    if (await this.ports.users.isKnown(userId)) await this.ports.users.keepMemory(userId, memory.write());
  }

  /** UserLeap has taken the order to erase the user. */
  async noteErased(userId: string): Promise<void> {
    this.#updates.delete(userId);
    this.erased.add(userId);
    this.#memories.set(userId, Promise.resolve(new UserMemory(userId, this.ports.users.secret)));
    await this.ports.users.erased(userId);
  }

  /** What UserLeap has taken for the user in this run, in order. */
  updatesOf(userId: string): readonly UserUpdate[] {
    return this.#updates.get(userId) ?? [];
  }

  async #classify(
    request: UserLeapRequest,
    reply: UserLeapReply,
    isUserLeap: boolean,
  ): Promise<Exclude<ReplyClass, { kind: 'not_found' }>> {
    const { ports, settings } = this;
    const result = classifyReply(request, reply, { apiKey: settings.apiKey, now: ports.now() });
    if (result.kind === 'accepted' && !this.#hasAnswered) {
      this.#hasAnswered = true;
      await ports.users.answered();
    }
    if (result.kind !== 'not_found') return result;
    // At a wrong address nobody is erased, and everything is answered 404.
    return isUserLeap ? { kind: 'unknown_user' } : { kind: 'misconfigured', reason: 'wrong_endpoint' };
  }

  settle(
    { index, warnings }: Pick<Pending, 'index' | 'warnings'>,
    outcome: Outcome,
    moreWarnings: readonly Warning[] = [],
  ): void {
    this.#outcomes.set(index, {
      ...outcome,
      warnings: [...warnings, ...outcome.warnings, ...moreWarnings].slice(0, MAX_WARNINGS),
    });
  }

  settleAll(pending: readonly Pending[], outcome: Outcome): void {
    for (const one of pending) this.settle(one, outcome);
  }

  isSettled(index: number): boolean {
    return this.#outcomes.has(index);
  }

  outcomeOf(index: number): Outcome {
    const outcome = this.#outcomes.get(index);
    if (!outcome) throw new Error('an event was left without an outcome');
    return outcome;
  }
}

export const DELIVERED: Outcome = { outcome: 'delivered', warnings: [] };
