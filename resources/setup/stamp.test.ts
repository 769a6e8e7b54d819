import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { contentHash, dropStamp, readStamp, writeStamp } from './stamp.mjs';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'stamp-'));
  mkdirSync(join(root, 'src'));
  writeFileSync(join(root, 'src/a'), 'one');
});
afterEach(() => rmSync(root, { recursive: true }));

const hash = (also: string[] = []) => contentHash(root, ['src', 'lock'], also);

test('the same content has the same hash', () => expect(hash()).toBe(hash()));

test.each([
  ['a changed file', () => writeFileSync(join(root, 'src/a'), 'two')],
  ['a new file', () => writeFileSync(join(root, 'src/b'), '')],
  ['a file that was absent', () => writeFileSync(join(root, 'lock'), '')],
])('%s changes the hash', (_, change) => {
  const before = hash();
  change();
  expect(hash()).not.toBe(before);
});

test('other values count too', () => expect(hash(['20'])).not.toBe(hash(['22'])));

test('a stamp is read back, and is gone once dropped', () => {
  const file = join(root, 'deep/er/stamp');
  expect(readStamp(file)).toBeNull();
  writeStamp(file, 'abc');
  expect(readStamp(file)).toBe('abc');
  dropStamp(file);
  expect(readStamp(file)).toBeNull();
});
