import type { ClusterTopology } from '../../catalog/expanded.ts';
import type { Plan } from '../plans.ts';

/** Seconds that the steps usually take. Source: measured on a laptop with 2 cores. */
const USUAL = { images: 1, state: 1, nodes: 0.6, links: 0.2, api: 4.5, ready: 0.5, dns: 0.5 };

/** `images` and `state` are made once on this machine and are then there at once. */
export const clusterPlan = ({ nodes }: ClusterTopology): Plan => {
  const count = nodes.length === 1 ? '1 node' : `${nodes.length} nodes`;
  return {
    title: `Starting a cluster of ${count}`,
    steps: [
      { id: 'images', title: 'Kubernetes images', usual: USUAL.images },
      { id: 'state', title: 'The cluster as kubeadm makes it', usual: USUAL.state },
      { id: 'nodes', title: `${count} and their gateway`, usual: USUAL.nodes },
      { id: 'links', title: 'Network of the nodes', usual: USUAL.links },
      { id: 'api', title: 'API server', usual: USUAL.api },
      { id: 'ready', title: nodes.length === 1 ? 'Node ready' : 'Nodes ready', usual: USUAL.ready },
      { id: 'dns', title: 'Cluster DNS', usual: USUAL.dns },
    ],
  };
};
