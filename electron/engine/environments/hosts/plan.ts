import type { HostsTopology } from '../../catalog/expanded.ts';
import type { Plan } from '../plans.ts';

/** Seconds that the steps usually take. Source: measured on a laptop with 2 cores. */
const USUAL = { nodes: 0.8, links: 0.1 };

export const hostsPlan = ({ nodes, links }: HostsTopology): Plan => ({
  title: `Starting ${nodes.length} nodes`,
  steps: [
    { id: 'nodes', title: `${nodes.length} nodes`, usual: USUAL.nodes },
    { id: 'links', title: links.length === 1 ? '1 link' : `${links.length} links`, usual: USUAL.links },
  ],
});
