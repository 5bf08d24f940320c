export { codePointLength, isWellFormed } from './code-points';
export { expected, expectedForm, expectedFormText, expectedText } from './expected';
export { hydrate } from './hydrate';
export { isRecord } from './is-record';
export { formatIssue } from './issue';
export type { Issue } from './issue';
export { kindOf } from './kind-of';
export type { Parsed } from './parsed';
export { validate } from './validate';
