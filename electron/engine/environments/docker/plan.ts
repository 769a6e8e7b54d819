import type { DockerTopology } from '../../catalog/expanded.ts';
import { isEquipped } from '../hosts/equipNode.ts';
import type { Plan } from '../plans.ts';

/** Seconds that the steps usually take. Source: measured on a laptop with 2 cores. */
const USUAL = { images: 1, nodes: 0.7, links: 0.1, engines: 1.2, equipment: 0.3 };

/** `images` are made once on this machine and are then there at once. */
export const dockerPlan = (topology: DockerTopology): Plan => {
  const { nodes, links } = topology;
  const engines = nodes.filter(({ engine }) => engine).length;
  return {
    title: engines === 1 ? 'Starting a node with Docker' : `Starting ${engines} nodes with Docker`,
    steps: [
      { id: 'images', title: 'Image of a node with Docker', usual: USUAL.images },
      { id: 'nodes', title: nodes.length === 1 ? '1 node' : `${nodes.length} nodes`, usual: USUAL.nodes },
      { id: 'links', title: links.length === 1 ? '1 link' : `${links.length} links`, usual: USUAL.links },
      { id: 'engines', title: engines === 1 ? 'Docker Engine' : 'Docker Engines', usual: USUAL.engines },
      ...(isEquipped(topology) ? [{ id: 'equipment', title: 'What runs on them', usual: USUAL.equipment }] : []),
    ],
  };
};
