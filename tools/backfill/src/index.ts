export { Estimator } from './estimate/estimate';
export type { Estimate } from './estimate/estimate';
export type { HistoryItem } from './read-history';
