import { readDigestLine } from '@segment-userleap/bundle-function/digest-line';
import { diffCode } from './diff-code';
import type { CodeDiff } from './diff-code';
import { diffSettings } from './diff-settings';
import type { FunctionSetting } from './function-setting';

/** What Segment runs, or is to run. */
export interface Deployment {
  readonly code: string;
  readonly settings: readonly FunctionSetting[];
}

/** What an update has to send, and how to show it. */
export interface UpdatePlan {
  /** The parts that differ, and no others. */
  readonly changes: Partial<Deployment>;
  readonly codeDiff?: CodeDiff;
  readonly settingsDiff: readonly string[];
  /** Why the deployed code may hold somebody's work, where it would be overwritten. */
  readonly risk?: 'edited' | 'unknown origin';
}

/**
 * Compares what is deployed with what was built. Of the code only what follows the digest line counts: another version or
 * commit in the banner is no reason to deploy the same code again.
 */
export function planUpdate(deployed: Deployment, built: Deployment): UpdatePlan {
  const before = readDigestLine(deployed.code);
  const isSameCode = before.code === readDigestLine(built.code).code;
  const settingsDiff = diffSettings(deployed.settings, built.settings);
  return {
    changes: {
      ...(!isSameCode && { code: built.code }),
      ...(settingsDiff.length > 0 && { settings: built.settings }),
    },
    settingsDiff,
    ...(!isSameCode && { codeDiff: diffCode(deployed.code, built.code) }),
    ...(!isSameCode && before.digest === 'differs' && { risk: 'edited' }),
    ...(!isSameCode && before.digest === 'missing' && { risk: 'unknown origin' }),
  };
}
