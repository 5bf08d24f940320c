import type { NameKind } from '../schema/outbox-schema';

/** A name, and what has come to it. */
export interface CountedName {
  readonly scope: string;
  readonly kind: NameKind;
  readonly name: string;
  at: number;
  events: number;
  refused: number;
  /** The last request that tells was refused for this name. */
  isRefused: boolean;
}

/** The name under which those are counted that are not kept apart: no event has it. */
export const OTHERS = '';
