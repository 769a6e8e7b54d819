import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ComponentCache } from './componentCache.ts';
import { type Component, pins } from './pins.ts';

let root = '';
let cache: ComponentCache;
const { components } = pins();
const etcd = components.find(({ name }) => name === 'etcd') as Component; // pins.test.ts says that it is there

const make =
  (...binaries: readonly string[]) =>
  async (folder: string) => {
    for (const it of binaries) await writeFile(join(folder, it), it);
  };
const names = () => readdirSync(root, { recursive: true }).map(String);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'patchbay-components-'));
  cache = new ComponentCache('amd64', root);
});
afterEach(() => rmSync(root, { recursive: true }));

test('a component is there when it is whole, and can be run', async () => {
  await cache.land(etcd, make('etcd', 'etcdctl'));
  expect(await cache.has(etcd)).toBe(true);
  expect(statSync(join(cache.folderOf(etcd), 'etcdctl')).mode & 0o777).toBe(0o755);
});

test('one that fails on its way leaves nothing', async () => {
  const failed = cache.land(etcd, async (folder) => {
    await make('etcd')(folder);
    throw new Error('cut off');
  });
  await expect(failed).rejects.toThrow('cut off');
  expect(await cache.has(etcd)).toBe(false);
  expect(names()).toEqual(['parts']);
});

test('one that comes without a binary does not count', async () => {
  await expect(cache.land(etcd, make('etcd'))).rejects.toThrow('without etcdctl');
  expect(await cache.has(etcd)).toBe(false);
});

test('what a killed process left half-made is removed, what it downloaded stays', async () => {
  await mkdir(join(root, 'half-abc'));
  await cache.downloads(etcd);
  await cache.removeHalves();
  expect(readdirSync(root)).toEqual(['parts']);
  expect(readdirSync(join(root, 'parts'))).toHaveLength(1);
  await cache.land(etcd, make('etcd', 'etcdctl'));
  expect(readdirSync(join(root, 'parts'))).toHaveLength(1);
});

test('somebody else may be quicker', async () => {
  await cache.land(etcd, make('etcd', 'etcdctl'));
  await cache.land(etcd, make('etcd', 'etcdctl'));
  expect(names().filter((it) => it.startsWith('half'))).toEqual([]);
});

test('the whole has every binary in one folder', async () => {
  for (const component of components) await cache.land(component, make(...component.binaries));
  expect(await cache.isWhole()).toBe(false);
  const folder = await cache.assemble();
  expect(await cache.isWhole()).toBe(true);
  expect(readdirSync(join(folder, 'bin'))).toHaveLength(15);
  expect(readFileSync(join(folder, 'bin', 'kubelet'), 'utf8')).toBe('kubelet');
});
