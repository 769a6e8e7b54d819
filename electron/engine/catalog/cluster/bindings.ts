import { parseSubnet } from '../subnet.ts';
import type { Bindings, Bound } from '../template.ts';
import type { ClusterPlan } from './plan.ts';

/** What a cluster gives to templates: `${nodes}`, `${pods}` and `${services}` are networks, a node's name stands for its address. */
export const clusterBindings = ({ variant, nodes }: ClusterPlan): Bindings =>
  new Map<string, Bound>([
    ['nodes', network(variant.nodes)],
    ['pods', network(variant.pods)],
    ['services', network(variant.services)],
    ...nodes.map(({ name, address }): [string, Bound] => [name, { kind: 'plain', text: address }]),
  ]);

const network = (cidr: string): Bound => {
  const subnet = parseSubnet(cidr);
  return subnet ? { kind: 'subnet', subnet } : { kind: 'plain', text: cidr };
};
