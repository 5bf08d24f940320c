import type { ApiCredentials } from '@segment-userleap/userleap-api';
import type { UrlPattern } from '../url-pattern/url-pattern';

/** The settings of one destination, checked and ready to use. Made by `parseSettings` only. */
export interface Settings extends ApiCredentials {
  readonly unknownUsers: 'skip' | 'create';
  readonly unknownUserGraceSeconds: number;
  readonly pageEventName: string;
  readonly pageUrlEvents: readonly { readonly event: string; readonly pattern: UrlPattern }[];
  readonly eventNames: ReadonlyMap<string, string>;
  /** Empty: every name is allowed. */
  readonly allowEvents: ReadonlySet<string>;
  readonly denyEvents: ReadonlySet<string>;
  /** Dotted names, each with its children. Empty: every trait is allowed. */
  readonly allowTraits: readonly string[];
  readonly denyTraits: readonly string[];
  readonly consentCategories: readonly string[];
  readonly trackScreens: boolean;
  readonly purgeAliased: boolean;
  /** Undefined: the vendor's own delay holds. */
  readonly purgeDelaySeconds: number | undefined;
}
