import { expect, test } from 'vitest';
import { LabError } from '../../../contract/error.ts';
import type { EnvironmentView } from '../../../contract/models/run.ts';
import { unlessBroken } from './unlessBroken.ts';

const fine: EnvironmentView = { state: 'running' };
const broken: EnvironmentView = {
  state: 'degraded',
  error: new LabError('node-stopped', 'The node oak does not run.').toView(),
};
const forever = () => new Promise<never>(() => {});
const soon = { look: 5, limit: 60_000 };

test('work that ends is what it comes to', async () => {
  expect(
    await unlessBroken(
      () => fine,
      async () => 'done',
      soon,
    ),
  ).toBe('done');
  await expect(
    unlessBroken(
      () => fine,
      () => Promise.reject(new Error('its own')),
      soon,
    ),
  ).rejects.toThrow('its own');
});

test('an environment that is lost ends it with the reason', async () => {
  await expect(unlessBroken(() => broken, forever, soon)).rejects.toMatchObject({ code: 'node-stopped' });
});

test('one that is mended between two looks does not', async () => {
  let looks = 0;
  const view = () => (looks++ % 2 ? fine : broken);
  const work = () => new Promise((resolve) => setTimeout(() => resolve('done'), 80));
  expect(await unlessBroken(view, work, soon)).toBe('done');
  expect(looks).toBeGreaterThan(3);
});

test('what does not end is ended at the limit', async () => {
  await expect(unlessBroken(() => fine, forever, { look: 5, limit: 50 })).rejects.toMatchObject({ code: 'timeout' });
});
