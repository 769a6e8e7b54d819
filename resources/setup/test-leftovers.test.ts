import { expect, test } from 'vitest';
import { leftoverTally } from './test-leftovers.mjs';

const said = (output: string) => leftoverTally({ code: 0, timedOut: false, output });

test('nothing left is one that passed', () => {
  expect(said('[]\n')).toEqual({ passed: 1, failed: [], skipped: [] });
});

test('what was left is a failure, a line for each kind', () => {
  expect(said('a warning\n["2 containers were left: a, b"]\n')).toEqual({
    passed: 0,
    failed: ['leftovers: 2 containers were left: a, b'],
    skipped: [],
  });
});

test('a look that did not come to its end is a failure with what it said', () => {
  expect(said('Error: no vite\n').failed).toEqual(['leftovers: what was left cannot be told:\nError: no vite']);
});
