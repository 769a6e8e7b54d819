import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { installDependencies } from './dependencies.mjs';
import { showProgress } from './progress.mjs';

let root = '';
const progress = showProgress({ write: () => true });
const lock = (version: string) =>
  JSON.stringify({
    packages: { '': {}, 'node_modules/a': { version, integrity: 'x' }, 'node_modules/b': { version, optional: true } },
  });

/** Puts an npm first on PATH that writes down its calls and does `work`. */
function npmThat(work: string) {
  writeFileSync(join(root, 'bin/npm'), `#!/bin/sh\necho "$*" >> "${root}/calls"\n${work}\n`);
  chmodSync(join(root, 'bin/npm'), 0o755);
}
const calls = () =>
  existsSync(join(root, 'calls')) ? readFileSync(join(root, 'calls'), 'utf8').trim().split('\n').length : 0;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'dependencies-'));
  mkdirSync(join(root, 'bin'));
  writeFileSync(join(root, 'package-lock.json'), lock('1.0.0'));
  vi.stubEnv('PATH', `${join(root, 'bin')}${delimiter}${process.env.PATH}`);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true, force: true });
});

test('installed once, and again only when the lock changes', async () => {
  npmThat('mkdir -p node_modules');
  await installDependencies(root, progress);
  await installDependencies(root, progress);
  expect(calls()).toBe(1);
  writeFileSync(join(root, 'package-lock.json'), lock('1.0.1'));
  await installDependencies(root, progress);
  expect(calls()).toBe(2);
});

test('what was left half-made is made again', async () => {
  npmThat('mkdir -p node_modules; echo no network >&2; exit 1');
  await expect(installDependencies(root, progress)).rejects.toThrow('no network');
  npmThat('true');
  await installDependencies(root, progress);
  expect(calls()).toBe(2);
});

test.each([
  ['as the lock has it, is taken as it is', '1.0.0', 0],
  ['of another version, is made anew', '0.9.0', 1],
])("somebody's own npm ci, %s", async (_, version, count) => {
  npmThat('true');
  mkdirSync(join(root, 'node_modules'));
  const there = { packages: { 'node_modules/a': { version, integrity: 'x' } } };
  writeFileSync(join(root, 'node_modules/.package-lock.json'), JSON.stringify(there));
  await installDependencies(root, progress);
  expect(calls()).toBe(count);
});
