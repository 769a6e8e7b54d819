import { ANSWER_LIMIT } from '../../contract/calls.ts';
import { LabError } from '../../contract/error.ts';

/** What a learner gave, as a list. Throws `limit` for more than anybody could mean. */
export const given = (value: string | string[]): string[] => {
  const values = typeof value === 'string' ? [value] : value;
  const length = values.reduce((sum, each) => sum + each.length, 0);
  if (length <= ANSWER_LIMIT) return values;
  throw new LabError('limit', `An answer has at most ${ANSWER_LIMIT} characters, and this one has ${length}.`, {
    hint: 'Give only the value that is asked for.',
  });
};
