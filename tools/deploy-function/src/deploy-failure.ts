/** Why nothing more is done: one sentence for the person at the screen, with what to do about it. */
export class DeployFailure extends Error {}
