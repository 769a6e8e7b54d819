import type { Expectation } from '../catalog/expanded.ts';
import { compilePattern } from '../catalog/pattern.ts';
import type { Scalar, ValueType } from '../probes/probe.ts';
import { canonical } from './compare/table.ts';
import { invalid, type Seen } from './truth.ts';

/**
 * Whether what was seen is as a check expects. One value that fits is enough; `not` is the exact opposite of `equals`, so it also holds when
 * nothing is there. Throws `lab-invalid` when the expected value is itself no value of that type.
 */
export const meets = ({ type, values }: Seen, expectation: Expectation): boolean => {
  switch (expectation.is) {
    case 'exists':
      return values.length > 0 === expectation.value;
    case 'equals':
      return anyOf(type, values, [expectation.value]);
    case 'not':
      return !anyOf(type, values, [expectation.value]);
    case 'one-of':
      return anyOf(type, values, expectation.values);
    case 'at-least':
      return values.some((value) => numberIn(value) >= expectation.value);
    case 'at-most':
      return values.some((value) => numberIn(value) <= expectation.value);
    case 'contains':
      return values.some((value) => folded(value).includes(folded(expectation.value)));
    case 'matches': {
      const pattern = compilePattern(expectation.pattern);
      if ('wrong' in pattern) throw invalid(pattern.wrong);
      return values.some((value) => pattern.isIn(String(value)));
    }
  }
};

const anyOf = (type: ValueType, values: readonly Scalar[], expected: readonly Scalar[]): boolean => {
  const forms = expected.map((value) => {
    const form = canonical(type, value);
    if (form === null) throw invalid(`"${value}" is not of the type ${type}`);
    return form;
  });
  return values.some((value) => forms.includes(canonical(type, value) ?? ''));
};

/** NaN is neither at least nor at most anything. */
const numberIn = (value: Scalar): number =>
  typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;

/** Spaces as one, so that a tab in a file does not count against the learner. */
const folded = (value: Scalar): string => String(value).trim().replace(/\s+/g, ' ');
