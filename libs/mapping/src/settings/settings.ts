import type { ApiCredentials } from '@segment-userleap/userleap-api';
import type { PageRules } from '../page-rules/page-rules';

/** The settings of one destination, checked and ready to use. Made by `parseSettings` only. */
export interface Settings extends ApiCredentials {
  readonly unknownUsers: 'skip' | 'create';
  readonly unknownUserGraceSeconds: number;
  readonly pageEventName: string;
  readonly pageUrlEvents: PageRules;
  readonly eventNames: ReadonlyMap<string, string>;
  /** Empty: every name is allowed. */
  readonly allowEvents: ReadonlySet<string>;
  readonly denyEvents: ReadonlySet<string>;
  /** Dotted names, each with its children. Empty: every trait is allowed. */
  readonly allowTraits: readonly string[];
  readonly denyTraits: readonly string[];
  /** Dotted places of the user id, in the order in which they are tried; at least one. */
  readonly userIdFields: readonly string[];
  /** Trait, dotted and as Segment sends it → attribute. */
  readonly traitNames: ReadonlyMap<string, string>;
  /** Dotted places, tried in order. Empty: the usual ones, of an Identify only. */
  readonly emailFields: readonly string[];
  /** Names in `integrations` that are ours besides the catalogue's. */
  readonly integrationNames: readonly string[];
  readonly consentCategories: readonly string[];
  readonly trackScreens: boolean;
  readonly acceptOddIds: boolean;
  readonly groupTraits: boolean;
  /** Per cent. */
  readonly sampleUsers: number;
  readonly purgeAliased: boolean;
  /** Undefined: the vendor's own delay holds. */
  readonly purgeDelaySeconds: number | undefined;
}
