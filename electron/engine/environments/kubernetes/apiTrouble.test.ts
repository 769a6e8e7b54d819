import { expect, test, vi } from 'vitest';
import { LabError } from '../../../contract/error.ts';
import { ApiTrouble } from './apiTrouble.ts';

const failure = new LabError('probe-failed', 'No answer.');
const gone = new LabError('environment-failed', 'Gone.', { data: { remedy: 'reset' } });
const mendable = new LabError('probe-failed', 'It keeps exiting.');

test('a failure has its reason, and only what lasts is shown by itself', async () => {
  let why: LabError | null = mendable;
  const changed = vi.fn();
  const trouble = new ApiTrouble(async () => why, changed);
  expect(await trouble.explained(failure)).toBe(mendable);
  expect(trouble.lasting).toBeNull();
  why = gone;
  expect(await trouble.explained(failure)).toBe(gone);
  expect(trouble.lasting).toBe(gone);
  await trouble.explained(failure);
  expect(changed).toHaveBeenCalledTimes(1);
  trouble.answered();
  expect(trouble.lasting).toBeNull();
  expect(changed).toHaveBeenCalledTimes(2);
});

test('what cannot be looked at leaves the failure as it is', async () => {
  const unreadable = new ApiTrouble(
    () => Promise.reject(new Error('the helper is gone')),
    () => undefined,
  );
  expect(await unreadable.explained(failure)).toBe(failure);
});

test('many watches that fall silent at once make one look', async () => {
  const look = vi.fn(async () => gone);
  const trouble = new ApiTrouble(look, () => undefined);
  for (let watch = 0; watch < 6; watch++) trouble.fellSilent(failure);
  await vi.waitFor(() => expect(trouble.lasting).toBe(gone));
  trouble.fellSilent(failure);
  expect(look).toHaveBeenCalledTimes(1);
});
