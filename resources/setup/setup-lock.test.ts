import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { withSetupLock } from './setup-lock.mjs';

let root = '';
const file = () => join(root, 'dist/.setup-lock');
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lock-'));
  mkdirSync(join(root, 'dist'));
});
afterEach(() => rmSync(root, { recursive: true }));

test('held while the work goes on, given back when it fails', async () => {
  const work = withSetupLock(root, async () => {
    expect(existsSync(file())).toBe(true);
    throw new Error('no disk');
  });
  await expect(work).rejects.toThrow('no disk');
  expect(existsSync(file())).toBe(false);
});

test('a lock whose process is gone holds nobody up', async () => {
  writeFileSync(file(), '2147483646');
  expect(await withSetupLock(root, async () => 'done')).toBe('done');
});

test('a second set-up waits for the first, and says so', async () => {
  const said = vi.spyOn(console, 'log').mockImplementation(() => {});
  const order: string[] = [];
  const first = withSetupLock(root, async () => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    order.push('first');
  });
  await Promise.all([first, withSetupLock(root, async () => order.push('second'))]);
  expect(order).toEqual(['first', 'second']);
  expect(said).toHaveBeenCalledWith(expect.stringContaining('Another set-up'));
  said.mockRestore();
});
