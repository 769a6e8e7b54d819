import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { contentHash, contextFiles } from './contentHash.ts';
import { imageReference } from './table.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'patchbay-hash-'));
  mkdirSync(join(folder, 'files/etc'), { recursive: true });
  writeFileSync(join(folder, 'Dockerfile'), 'FROM x');
  writeFileSync(join(folder, 'files/etc/motd'), 'hello');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('the same files have the same hash', () => {
  expect(contentHash(folder, '')).toBe(contentHash(folder, ''));
  expect(contentHash(folder, '')).toMatch(/^[0-9a-f]{12}$/);
  expect(contextFiles(folder).map((it) => it.path)).toEqual(['Dockerfile', 'files/etc/motd']);
});

test.each<[string, () => void]>([
  ['a content', () => writeFileSync(join(folder, 'files/etc/motd'), 'hallo')],
  ['a mode', () => chmodSync(join(folder, 'files/etc/motd'), 0o755)],
  ['a new file', () => writeFileSync(join(folder, 'files/etc/more'), '')],
  ['a file that is gone', () => rmSync(join(folder, 'files/etc/motd'))],
])('%s changes it', (_, change) => {
  const before = contentHash(folder, '');
  change();
  expect(contentHash(folder, '')).not.toBe(before);
});

test('so does another base', () => {
  expect(contentHash(folder, 'a')).not.toBe(contentHash(folder, 'b'));
});

test('our images have a reference', () => {
  expect(imageReference('host')).toMatch(/^patchbay\/host:[0-9a-f]{12}$/);
});
