import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FrozenStore } from './store.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'patchbay-frozen-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const key = { nodeImage: 'patchbay/node:1', variant: 'amber', nodes: ['controlplane', 'node01'] };
const cluster = {
  kubeconfig: 'kind: Config',
  overlay: [{ node: 'controlplane', pods: '10.1.0.0/24', mac: '02:00:00:00:00:01' }],
  nodes: new Map([
    ['controlplane', Buffer.from('one')],
    ['node01', Buffer.from('two')],
  ]),
};

test('a cluster is read back, under its own key only', async () => {
  const store = new FrozenStore(folder);
  expect(await store.read(key)).toBeNull();
  await store.write(key, cluster);
  expect(await store.read(key)).toEqual(cluster);
  expect(await store.read({ ...key, nodeImage: 'patchbay/node:2' })).toBeNull();
  expect(await store.read({ ...key, variant: 'birch' })).toBeNull();
  expect(await store.read({ ...key, nodes: ['controlplane'] })).toBeNull();
});

test('nobody else can read it', async () => {
  const store = new FrozenStore(folder);
  await store.write(key, cluster);
  const [place = ''] = readdirSync(join(folder, 'clusters'));
  expect(statSync(join(folder, 'clusters', place)).mode & 0o077).toBe(0);
  for (const file of readdirSync(join(folder, 'clusters', place)))
    expect(statSync(join(folder, 'clusters', place, file)).mode & 0o177).toBe(0);
});

test('what is there stays, and nothing half-made is left', async () => {
  const store = new FrozenStore(folder);
  await store.write(key, cluster);
  expect((await store.write(key, { ...cluster, kubeconfig: 'other' })).kubeconfig).toBe(cluster.kubeconfig);
  expect((await store.read(key))?.kubeconfig).toBe('kind: Config');
  expect(readdirSync(join(folder, 'clusters'))).toHaveLength(1);
});

test('states of other images go, with what a killed write has left', async () => {
  const store = new FrozenStore(folder);
  expect(await store.keepOnly([])).toBe(0);
  const other = { ...key, nodeImage: 'patchbay/node:2', variant: 'delta', nodes: ['controlplane'] };
  await store.write(key, cluster);
  await store.write(other, { ...cluster, nodes: new Map([['controlplane', Buffer.from('one')]]) });
  const abandoned = join(folder, 'clusters', 'new-dead');
  const underWay = join(folder, 'clusters', 'new-alive');
  for (const half of [abandoned, underWay]) mkdirSync(half);
  utimesSync(abandoned, 0, 0);
  expect(await store.keepOnly([key.nodeImage, other.nodeImage])).toBe(1);
  expect(existsSync(underWay)).toBe(true);
  expect(await store.keepOnly([other.nodeImage])).toBe(1);
  expect([await store.has(key), await store.has(other)]).toEqual([false, true]);
  expect(await store.keepOnly([])).toBe(1);
  expect(await store.has(other)).toBe(false);
});
