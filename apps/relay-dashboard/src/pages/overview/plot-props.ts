import type { FlowMinute } from '../../api/admin-api';
import type { Span } from './span';

export interface PlotProps {
  readonly minutes: readonly FlowMinute[];
  readonly span: Span;
}
