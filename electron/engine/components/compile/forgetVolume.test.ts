import { expect, test } from 'vitest';
import { LabError } from '../../../contract/error.ts';
import { forgetVolume } from './forgetVolume.ts';

/** Refuses with these codes in turn, then does it. */
const refusing = (...codes: ('conflict' | 'timeout')[]) => {
  const asked: string[] = [];
  return {
    asked,
    removeVolume: async (name: string) => {
      asked.push(name);
      const code = codes.shift();
      if (code) throw new LabError(code, 'Not now.');
    },
  };
};

test('a volume that is still being unmounted is asked for again', async () => {
  const housekeeping = refusing('conflict', 'conflict');
  expect(await forgetVolume(housekeeping, 'v', 0)).toBe(true);
  expect(housekeeping.asked).toEqual(['v', 'v', 'v']);
});

test('one that the engine does not let go in time is left, and is no failure', async () => {
  expect(await forgetVolume(refusing('timeout'), 'v', 0)).toBe(false);
  expect(await forgetVolume(refusing(...Array(9).fill('conflict')), 'v', 0)).toBe(false);
});
