import type { ExpandedCheck } from '../catalog/expanded.ts';
import type { Seen } from './truth.ts';

/** What is short enough to show: the learner's own state, never what was expected. */
const LIMIT = 80;

/** A failed check's message: the lab's own words, and what was seen where that is short and tells something. */
export const failMessage = ({ otherwise, expect }: ExpandedCheck, { type, field, values }: Seen): string => {
  if (expect.is === 'exists' || expect.is === 'not' || type === 'text') return otherwise;
  const shown = values.length === 0 ? 'none' : values.join(', ');
  if (shown.length > LIMIT) return otherwise;
  return `${otherwise.trim().replace(/[.:]$/, '')} (seen: ${field} ${shown}).`;
};
