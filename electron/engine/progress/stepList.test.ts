import { afterEach, expect, test, vi } from 'vitest';
import { LabError } from '../../contract/error.ts';
import type { Step } from '../../contract/models/progress.ts';
import { StepList } from './stepList.ts';

afterEach(() => vi.useRealTimers());

test('steps wait, run with what they are at, and end', async () => {
  vi.useFakeTimers();
  const told: Step[][] = [];
  const list = new StepList({ base: 'Base', host: 'Host' }, (steps) => told.push(steps));
  expect(told.at(-1)?.map((it) => it.state)).toEqual(['waiting', 'waiting']);

  const run = list.run('base', async (step) => {
    step.usually(40);
    await vi.advanceTimersByTimeAsync(300);
    step.detail('unpacking');
    await vi.advanceTimersByTimeAsync(2000);
    return 'made';
  });
  expect(await run).toBe('made');
  expect(told.some(([base]) => base?.detail === 'unpacking' && base.usual === 40)).toBe(true);
  expect(told.at(-1)?.[0]).toMatchObject({ state: 'done', from: 0, seconds: 2.3, detail: null });

  const failure = new LabError('image-failed', 'It broke.');
  await expect(list.run('host', () => Promise.reject(failure))).rejects.toBe(failure);
  expect(told.at(-1)?.[1]).toMatchObject({ state: 'failed', from: 2.3, error: { code: 'image-failed' } });
  list.end();
  const count = told.length;
  await vi.advanceTimersByTimeAsync(5000);
  expect(told.length).toBe(count);
});

test('what is told once does not change later', async () => {
  const told: Step[][] = [];
  const list = new StepList({ a: 'A' }, (steps) => told.push(steps));
  await list.run('a', async () => undefined);
  expect(told[0]?.[0]?.state).toBe('waiting');
  list.end();
});
