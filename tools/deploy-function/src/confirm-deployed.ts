import type { Connection } from './call-segment';
import { DeployFailure } from './deploy-failure';
import { loadFunction } from './segment-functions';
import type { SegmentDeployment } from './segment-functions';

// A change may take a moment to be deployed.
const MAX_LOOKS = 3;
const LOOK_EVERY_MS = 5_000;

/**
 * Says whether Segment runs what it holds of a function, as `answered` says it; looks again for 15 s where an older version
 * runs. Throws a `DeployFailure` where that stays so.
 */
export async function confirmDeployed(connection: Connection, id: string, answered: SegmentDeployment): Promise<void> {
  let deployment = answered;
  for (let looks = 0; isOlderRunning(deployment) && looks < MAX_LOOKS; looks += 1) {
    await connection.wait(LOOK_EVERY_MS);
    deployment = await loadFunction(connection, id);
  }
  connection.say(describeDeployment(deployment));
}

function isOlderRunning({ isLatestVersion, deployedAt }: SegmentDeployment): boolean {
  return isLatestVersion === false && deployedAt !== undefined;
}

function describeDeployment({ isLatestVersion, deployedAt }: SegmentDeployment): string {
  const since = deployedAt === undefined ? '' : `, deployed at ${deployedAt}`;
  if (isLatestVersion === undefined) return 'Segment does not say whether it runs this version: look at it in Segment.';
  if (isLatestVersion) return `Segment runs this version${since}.`;
  if (deployedAt === undefined) return 'Segment has deployed it nowhere yet.';
  throw new DeployFailure(
    `Segment has the code, but runs an older version${since}: press Save & Deploy in the function’s editor in Segment.`,
  );
}
