import type { Clusters } from '../clusters.ts';
import { openClusters } from '../clusters.ts';
import type { Measurement } from '../measurements.ts';
import { pairs } from '../pairs.ts';
import { type Row, row } from '../row.ts';
import { median, spread } from '../statistics.ts';
import { clusterAtRest } from './clusterAtRest.ts';

const PAIRS = 3;

/** A cluster of two nodes: from its frozen state against kubeadm, out of standby against Docker's own unpause, and what it takes when nothing happens. */
export const cluster: Measurement['measure'] = async (site) => {
  const clusters = await openClusters(site);
  try {
    site.say('making the frozen state');
    await clusters.provider.freezeAhead(clusters.topology, new AbortController().signal);
    return [
      await coldStart(clusters, site.say),
      await standby(clusters, site.say),
      ...(await clusterAtRest(clusters, site)),
    ];
  } finally {
    clusters.close();
  }
};

const coldStart = async (clusters: Clusters, say: (text: string) => void): Promise<Row> => {
  const { ours, peer } = await pairs({
    count: PAIRS,
    warmUp: 0,
    say,
    async ours() {
      const began = performance.now();
      const { environment, containers } = await clusters.start('cold');
      const took = performance.now() - began;
      environment.close();
      await clusters.remove(containers);
      say(`from the frozen state in ${Math.round(took)} ms`);
      return took;
    },
    async peer() {
      const took = await clusters.plain();
      say(`by kubeadm in ${Math.round(took)} ms`);
      return took;
    },
  });
  return row({
    name: 'cluster of two, to fresh heartbeats and DNS on both',
    ours: median(ours),
    peer: median(peer),
    unit: 'ms',
    goal: { of: 'ratio', at: 'most', value: 0.25 },
    note: `kubeadm init, flannel and join one after the other on the same images; ${PAIRS} pairs; ours ${spread(ours)}, peer ${spread(peer)}`,
  });
};

const standby = async (clusters: Clusters, say: (text: string) => void): Promise<Row> => {
  const ours: number[] = [];
  const peer: number[] = [];
  for (let done = 0; done < PAIRS; done++) {
    say(`standby ${done + 1} of ${PAIRS}`);
    await clusters.provider.standBy(clusters.topology, new AbortController().signal);
    const began = performance.now();
    const { environment, containers } = await clusters.start('standby');
    ours.push(performance.now() - began);
    const ids = Object.values(containers);
    await Promise.all(ids.map((id) => clusters.docker.pause(id)));
    const paused = performance.now();
    await Promise.all(ids.map((id) => clusters.docker.unpause(id)));
    peer.push(performance.now() - paused);
    say(`${Math.round(ours.at(-1) ?? 0)} ms; Docker's unpause ${Math.round(peer.at(-1) ?? 0)} ms`);
    environment.close();
    await clusters.remove(containers);
  }
  return row({
    name: 'cluster that stands by, to an answer of its API',
    ours: median(ours),
    peer: median(peer),
    unit: 'ms',
    goal: { of: 'ours', at: 'most', value: 1000 },
    note: `Docker's unpause of the same containers side by side; ${PAIRS} pairs; ours ${spread(ours)}, peer ${spread(peer)}`,
  });
};
