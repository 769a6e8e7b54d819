import { setTimeout as delay } from 'node:timers/promises';
import { podsSettled } from '../../../electron/engine/environments/kubernetes/start/podsSettled.ts';
import type { Clusters } from '../clusters.ts';
import { type Row, row } from '../row.ts';
import type { Site } from '../site.ts';

/** Milliseconds: until what follows a start is over, and in which the processor is watched. */
const REST = 60_000;
const WATCHED = 60_000;
const MIB = 1024 ** 2;

/** Memory and processor of a cluster of two nodes in which nothing happens. */
export const clusterAtRest = async (clusters: Clusters, site: Site & { say(text: string): void }): Promise<Row[]> => {
  const { environment, containers } = await clusters.start('rest');
  try {
    site.say('waiting until it rests');
    await podsSettled(environment.kube, 120_000, new AbortController().signal);
    await delay(REST);
    const before = await usage(site, Object.values(containers));
    await delay(WATCHED);
    const after = await usage(site, Object.values(containers));
    return [
      row({
        name: 'cluster of two at rest, memory',
        ours: after.memory / MIB,
        peer: null,
        unit: 'MiB',
        goal: { of: 'ours', at: 'most', value: 700 },
        note: 'both nodes and their gateway, without pages that the kernel can take back',
      }),
      row({
        name: 'cluster of two at rest, processor',
        ours: ((after.nanoseconds - before.nanoseconds) / (WATCHED * 1e6)) * 100,
        peer: null,
        unit: '% of one core',
        goal: { of: 'ours', at: 'most', value: 8 },
        note: `over ${WATCHED / 1000} s`,
      }),
    ];
  } finally {
    environment.close();
    await clusters.remove(containers);
  }
};

/** Source: Docker Engine API, ContainerStats: of memory the inactive file pages are taken off, as `docker stats` does. */
const usage = async ({ docker }: Site, ids: readonly string[]): Promise<{ memory: number; nanoseconds: number }> => {
  const stats = await Promise.all(ids.map((id) => docker.getContainer(id).stats({ stream: false })));
  return {
    memory: stats.reduce((sum, { memory_stats: { usage, stats } }) => {
      const inactive: unknown = Reflect.get(stats, 'total_inactive_file') ?? Reflect.get(stats, 'inactive_file');
      return sum + usage - (typeof inactive === 'number' ? inactive : 0);
    }, 0),
    nanoseconds: stats.reduce((sum, { cpu_stats }) => sum + cpu_stats.cpu_usage.total_usage, 0),
  };
};
