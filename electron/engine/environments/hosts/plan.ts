import type { HostsTopology } from '../../catalog/expanded.ts';
import type { Plan } from '../plans.ts';
import { isEquipped } from './equipNode.ts';

/** Seconds that the steps usually take. Source: measured on a laptop with 2 cores. */
const USUAL = { nodes: 0.8, links: 0.1, equipment: 0.3 };

export const hostsPlan = (topology: HostsTopology): Plan => {
  const { nodes, links } = topology;
  return {
    title: `Starting ${nodes.length} nodes`,
    steps: [
      { id: 'nodes', title: `${nodes.length} nodes`, usual: USUAL.nodes },
      { id: 'links', title: links.length === 1 ? '1 link' : `${links.length} links`, usual: USUAL.links },
      ...(isEquipped(topology) ? [{ id: 'equipment', title: 'What runs on them', usual: USUAL.equipment }] : []),
    ],
  };
};
