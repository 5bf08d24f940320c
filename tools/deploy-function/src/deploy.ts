import type { Connection } from './call-segment';
import { chooseFunction } from './choose-function';
import { confirmDeployed } from './confirm-deployed';
import { DeployFailure } from './deploy-failure';
import type { Bundle } from './load-bundle';
import type { DeployOptions } from './parse-command-line';
import { planUpdate } from './plan-update';
import { showPlan } from './show-plan';
import { createFunction, loadFunction, loadFunctions, loadWorkspaceNames, updateFunction } from './segment-functions';
import type { SegmentFunction } from './segment-functions';

const RISKS = {
  edited:
    'The deployed code was edited by hand, as its digest line is not that of the code: bring the change into the source, ' +
    'or overwrite it with --force.',
  'unknown origin':
    'The deployed code has no digest line, so it is an older build or somebody’s own: look at the difference, and overwrite ' +
    'it with --force.',
};

/** Brings one function to what the bundle holds, and says each step. Throws a `DeployFailure` where it cannot or may not. */
export async function deploy(connection: Connection, options: DeployOptions, bundle: Bundle): Promise<void> {
  const { target } = options;
  connection.say(`Segment: ${connection.apiUrl}`);
  const existing =
    'id' in target ? await loadFunction(connection, target.id) : await findByName(connection, target.name);
  if (existing) await update(connection, options, existing, bundle);
  else if ('name' in target) await create(connection, options, target.name, bundle);
}

async function findByName(connection: Connection, name: string): Promise<SegmentFunction | undefined> {
  const workspaces = await loadWorkspaceNames(connection);
  connection.say(`Workspace: ${workspaces[0]}`);
  const choice = chooseFunction(await loadFunctions(connection), name, workspaces);
  if (choice.found === 'none') return undefined;
  if (choice.found === 'one') return loadFunction(connection, choice.listed.id);
  const list = choice.candidates.map(({ id, displayName }) => `${id} "${displayName}"`).join(', ');
  throw new DeployFailure(
    choice.found === 'several'
      ? `Several functions are called ${name} (${list}): say which one with --id.`
      : `No function is called ${name}, but one may be meant (${list}): say so with --id, or take another name.`,
  );
}

async function create(connection: Connection, { dryRun }: DeployOptions, name: string, bundle: Bundle): Promise<void> {
  connection.say(`Function: none is called ${name}`);
  connection.say(`Code: ${bundle.file}, ${bundle.code.split('\n').length} lines`);
  connection.say(`Settings: ${bundle.settings.map((setting) => setting.name).join(', ')}`);
  if (dryRun) {
    connection.say('Dry run, nothing was changed: it would be created.');
    return;
  }
  const created = await createFunction(connection, name, bundle);
  const { id, displayName } = created;
  connection.say(`Created ${displayName}, ${id}. Next, in Segment: connect it to a source, and set its apiKey.`);
  await confirmDeployed(connection, id, created);
}

async function update(
  connection: Connection,
  { dryRun, force }: DeployOptions,
  existing: SegmentFunction,
  bundle: Bundle,
): Promise<void> {
  connection.say(`Function: ${existing.displayName}, ${existing.id}`);
  if (existing.resourceType !== 'DESTINATION') {
    throw new DeployFailure(`${existing.id} is a function of the type ${existing.resourceType}: expected DESTINATION.`);
  }
  const plan = planUpdate(existing, bundle);
  const isRefused = plan.risk !== undefined && !force;
  for (const line of showPlan(plan, dryRun || isRefused)) connection.say(line);
  if (plan.risk && isRefused) throw new DeployFailure(RISKS[plan.risk]);
  const parts = Object.keys(plan.changes).join(' and ');
  if (parts === '') {
    connection.say('Nothing to do: Segment has all of it already.');
    await confirmDeployed(connection, existing.id, existing);
  } else if (dryRun) {
    connection.say(`Dry run, nothing was changed: ${parts} would be updated.`);
  } else {
    const updated = await updateFunction(connection, existing.id, plan.changes);
    connection.say(`Updated ${parts}. Segment deploys them to every destination of this function.`);
    await confirmDeployed(connection, existing.id, updated);
  }
}
