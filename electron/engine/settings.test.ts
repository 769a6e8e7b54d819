import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ownerOf } from './owner.ts';
import { poolSize, SettingsFile } from './settings.ts';

let stateDir: string;
beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), 'patchbay-settings-'));
});
afterEach(() => rmSync(stateDir, { recursive: true }));

test('settings are kept; a file that cannot be read counts as none', () => {
  expect(new SettingsFile(stateDir).read()).toEqual({
    pool: 'auto',
    clusters: 'background',
    standby: 'auto',
    labs: [],
  });
  new SettingsFile(stateDir).change({ pool: 3 });
  expect(new SettingsFile(stateDir).read()).toEqual({ pool: 3, clusters: 'background', standby: 'auto', labs: [] });
  writeFileSync(join(stateDir, 'settings.json'), '{"pool": "many"}');
  expect(new SettingsFile(stateDir).read()).toEqual({
    pool: 'auto',
    clusters: 'background',
    standby: 'auto',
    labs: [],
  });
  writeFileSync(join(stateDir, 'settings.json'), '{"po');
  expect(new SettingsFile(stateDir).change({ pool: 0 })).toEqual({
    pool: 0,
    clusters: 'background',
    standby: 'auto',
    labs: [],
  });
});

test('the pool goes by memory unless it is set', () => {
  const gib = 1024 ** 3;
  expect([1, 2, 8].map((size) => poolSize({ pool: 'auto' }, size * gib))).toEqual([0, 4, 8]);
  expect(poolSize({ pool: 12 }, gib)).toBe(12);
});

test('an owner is made once, in a state directory of the user’s alone', () => {
  const deep = join(stateDir, 'a', 'b');
  const owner = ownerOf(deep);
  expect(owner).toMatch(/^[0-9a-f]{8}$/);
  expect(ownerOf(deep)).toBe(owner);
  expect(statSync(deep).mode & 0o777).toBe(0o700);
});
