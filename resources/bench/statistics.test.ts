import { expect, test } from 'vitest';
import { median, percentile, spread } from './statistics.ts';

test('the median of an odd and of an even number', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([1, 2, 3, 10])).toBe(2.5);
  expect(median([])).toBeNaN();
});

test('percentiles lie between the ranks', () => {
  const values = Array.from({ length: 101 }, (_, n) => n);
  expect(percentile(values, 95)).toBe(95);
  expect(percentile([0, 10], 25)).toBe(2.5);
  expect(spread(values)).toBe('10 to 90');
});
