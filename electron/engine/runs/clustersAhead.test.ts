import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Settings } from '../../contract/models/status.ts';
import { planCluster } from '../catalog/cluster/plan.ts';
import { variants } from '../catalog/cluster/variants.ts';
import type { ClusterTopology } from '../catalog/expanded.ts';
import type { Lab } from '../catalog/lab.ts';
import { loadLab } from '../catalog/load.ts';
import type { Room } from '../environments/room.ts';
import { probes } from '../probes/table.ts';
import { productRoot } from '../root.ts';
import { ClustersAhead } from './clustersAhead.ts';
import { type SiteDouble, siteDouble } from './siteDouble.ts';

const GIB = 1024 ** 3;
let settings: Settings;
let room: Room;
let kept: Set<string>;
let done: string[];
let standing: string | null;
let ahead: ClustersAhead;

const labOf = (id: string): Lab => {
  const loaded = loadLab(join(productRoot(), 'labs', id), probes);
  if (loaded.state !== 'ok') throw new Error(id);
  return loaded.lab;
};
const hosts = labOf('switching');
const cluster: Lab = {
  ...hosts,
  environment: { kind: 'kubernetes', nodes: ['controlplane', 'node01'], cni: 'flannel' },
};
const variantOf = (seed: number) => planCluster({ seed, lab: cluster.id, count: 2 }).plan.variant.name;

beforeEach(() => {
  vi.useFakeTimers();
  settings = { pool: 'auto', clusters: 'background', standby: 'auto', labs: [] };
  room = { memoryTotal: 8 * GIB, memoryFree: 6 * GIB, diskFree: 50 * GIB };
  kept = new Set();
  done = [];
  standing = null;
  const site: SiteDouble = {
    ...siteDouble(),
    clusters: {
      whyNotHere: async () => null,
      standingBy: () => standing,
      standBy: async ({ variant }: ClusterTopology) => {
        standing = variant.name;
        done.push(`stand by ${variant.name}`);
      },
      standDown: async () => {
        standing = null;
      },
      isFrozen: async ({ variant }: ClusterTopology) => kept.has(variant.name),
      freezeAhead: async ({ variant }: ClusterTopology) => {
        kept.add(variant.name);
        done.push(`freeze ${variant.name}`);
      },
    },
  };
  ahead = new ClustersAhead({ site: () => site, room: async () => room, settings: () => settings });
});
afterEach(async () => {
  await ahead.close();
  vi.useRealTimers();
});

test('a run that may have any seed gets one of what stands by, else of a state that is kept', async () => {
  standing = 'cedar';
  for (let n = 0; n < 5; n++) expect(variantOf(await ahead.seedFor(cluster))).toBe('cedar');
  standing = null;
  kept = new Set(['amber', 'birch']);
  const seen = new Set<string>();
  for (let n = 0; n < 40; n++) seen.add(variantOf(await ahead.seedFor(cluster)));
  expect(seen).toEqual(kept);
  kept.clear();
  expect(await ahead.seedFor(cluster)).toBeTypeOf('number');
  expect(await ahead.seedFor(hosts)).toBeTypeOf('number');
});

test('one state is kept before the first start, and no more than one', async () => {
  ahead.prepared(2);
  await vi.advanceTimersByTimeAsync(1);
  ahead.prepared(2);
  await vi.advanceTimersByTimeAsync(1);
  expect(done).toEqual([expect.stringMatching(/^freeze /)]);
});

test('after a start one stands by, of a state that is there, and then one more state is kept', async () => {
  kept.add('delta');
  ahead.started(2);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(done).toEqual([]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(done).toEqual(['stand by delta', expect.stringMatching(/^freeze (amber|birch|cedar)$/)]);
});

test('when all states are kept and one stands by there is nothing to do', async () => {
  for (const { name } of variants) kept.add(name);
  standing = 'amber';
  ahead.started(2);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(done).toEqual([]);
});

test.each([
  ['the setting', () => Object.assign(settings, { clusters: 'when-started' }), []],
  ['the setting of what stands by', () => Object.assign(settings, { standby: 'off' }), ['freeze']],
  ['memory for two', () => Object.assign(room, { memoryFree: 2 * GIB }), ['freeze']],
  ['memory for one', () => Object.assign(room, { memoryFree: GIB / 4 }), []],
])('%s decides', async (_, set, expected) => {
  kept.add('delta');
  set();
  ahead.started(2);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(done.map((each) => each.split(' ')[0])).toEqual(expected);
});

test('a new start puts off what was to be made for the one before, and the end ends it', async () => {
  kept.add('delta');
  ahead.started(2);
  await vi.advanceTimersByTimeAsync(40_000);
  ahead.started(2);
  await vi.advanceTimersByTimeAsync(40_000);
  expect(done).toEqual([]);
  await ahead.close();
  await vi.advanceTimersByTimeAsync(40_000);
  expect(done).toEqual([]);
});

test('a clean-up removes what stands by', async () => {
  standing = 'amber';
  await ahead.standDown();
  expect(standing).toBeNull();
});
