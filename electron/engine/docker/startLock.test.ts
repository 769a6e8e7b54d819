import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeLock } from './startLock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'patchbay-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('one at a time', () => {
  const file = join(folder, 'lock');
  const unlock = takeLock(file);
  expect(unlock).not.toBeNull();
  expect(takeLock(file)).toBeNull();
  unlock?.();
  expect(existsSync(file)).toBe(false);
  expect(takeLock(file)).not.toBeNull();
});

test.skipIf(process.platform !== 'linux')('what a dead process holds is taken over', () => {
  const file = join(folder, 'lock');
  writeFileSync(file, '4194304');
  expect(takeLock(file)).not.toBeNull();
});
