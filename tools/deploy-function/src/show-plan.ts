import type { UpdatePlan } from './plan-update';

/** A plan in lines: what differs of the settings by name and field, and of the code how much, or with `wantsDiff` the lines. */
export function showPlan({ codeDiff, settingsDiff }: UpdatePlan, wantsDiff: boolean): readonly string[] {
  const indent = (lines: readonly string[]): readonly string[] => lines.map((line) => `  ${line}`);
  return [
    `Code: ${codeDiff?.summary ?? 'the same'}`,
    ...(wantsDiff ? indent(codeDiff?.lines ?? []) : []),
    `Settings: ${settingsDiff.length === 0 ? 'the same' : `${settingsDiff.length} different`}`,
    ...indent(settingsDiff),
  ];
}
