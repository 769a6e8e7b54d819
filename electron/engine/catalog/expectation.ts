import type { Expectation } from './expanded.ts';
import type { Check } from './schema.ts';

/** What a check wants to see; the loader has seen to it that exactly one operator is there. */
export const expectationOf = (check: Check): Expectation => {
  if (check.exists !== undefined) return { is: 'exists', value: check.exists };
  if (check.equals !== undefined) return { is: 'equals', value: check.equals };
  if (check.not !== undefined) return { is: 'not', value: check.not };
  if (check.contains !== undefined) return { is: 'contains', value: check.contains };
  if (check.matches !== undefined) return { is: 'matches', pattern: check.matches };
  if (check['one-of'] !== undefined) return { is: 'one-of', values: check['one-of'] };
  if (check['at-most'] !== undefined) return { is: 'at-most', value: Number(check['at-most']) };
  return { is: 'at-least', value: Number(check['at-least']) };
};
