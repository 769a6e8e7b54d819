import type { SeenView } from '../../contract/models/verdict.ts';
import type { ExpandedCheck, ExpandedLook, ExpandedQuestion } from '../catalog/expanded.ts';
import type { EnvironmentReader } from '../environments/environment.ts';
import { look, type Seen } from './truth.ts';

/** What is short enough to show: the learner's own state, never what was expected. */
const LIMIT = 80;

/** A failed check's message: the lab's own words, and what was seen where that is short and tells something. */
export const failMessage = ({ otherwise, expect }: ExpandedCheck, { type, field, values }: Seen): string => {
  if (expect.is === 'exists' || expect.is === 'not' || type === 'text') return otherwise;
  const shown = values.length === 0 ? 'none' : values.join(', ');
  if (shown.length > LIMIT) return otherwise;
  return `${otherwise.trim().replace(/[.:]$/, '')} (seen: ${field} ${shown}).`;
};

/** Values of one look that are shown; a list that is longer says so in its last line. */
const MOST = 8;

/** What was read, for a learner who has earned it: never before a pass, or before the solution was shown. */
export const seenView = ({ node, probe, with: params }: ExpandedLook, { field, values }: Seen): SeenView => {
  const shown = values.slice(0, MOST).map((value) => cut(String(value).trim()));
  const left = values.length - shown.length;
  return {
    node,
    probe,
    of: cut(Object.values(params).join(' ')),
    field,
    values: left > 0 ? [...shown, `... ${left} more`] : shown,
  };
};

/** The truth of an answer or a choice as it is now; nothing where it is not read from the environment, or cannot be read. */
export const truthNow = async (environment: EnvironmentReader, question: ExpandedQuestion): Promise<SeenView[]> => {
  const wanted = truthOf(question);
  if (!wanted) return [];
  const seen = await look(environment, wanted).catch(() => null);
  return seen && seen.values.length > 0 ? [seenView(wanted, seen)] : [];
};

const truthOf = (question: ExpandedQuestion): ExpandedLook | null => {
  if (question.kind === 'answer') return question.truth.from === 'look' ? question.truth.look : null;
  if (question.kind === 'choice') return question.options.from === 'live' ? question.options.truth : null;
  return null;
};

const cut = (text: string): string => (text.length > LIMIT ? `${text.slice(0, LIMIT - 3)}...` : text);
