/** An argument, or a file that one names, cannot be used. Its message says so to a person. */
export class InputError extends Error {}
