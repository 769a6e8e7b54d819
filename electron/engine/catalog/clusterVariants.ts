import type { ClusterVariant } from './expanded.ts';
import { addressAt, parseSubnet, type Subnet } from './subnet.ts';

/**
 * Ranges that a cluster can have; which one follows from the seed. They lie inside the run only, so that none can collide with the learner's own
 * networks; within a row none overlaps another. Prefix lengths differ too, so that none is known from memory. Each gives a node a /24 of pods,
 * which is what the controller manager hands out.
 */
const ranges: Readonly<Record<string, { nodes: string; pods: string; services: string; firstNode: number }>> = {
  amber: { nodes: '172.30.1.0/24', pods: '10.244.0.0/16', services: '10.96.0.0/12', firstNode: 8 },
  birch: { nodes: '192.168.40.0/22', pods: '10.50.0.0/17', services: '172.20.0.0/16', firstNode: 21 },
  cedar: { nodes: '10.3.16.0/23', pods: '172.17.0.0/18', services: '10.43.0.0/16', firstNode: 5 },
  delta: { nodes: '172.25.64.0/20', pods: '192.168.128.0/19', services: '10.200.0.0/18', firstNode: 33 },
};

/** The services' first address is the API server's; the DNS server is the tenth, as kubeadm has it. */
const DNS = 10;

export const clusterVariants: Readonly<Record<string, ClusterVariant>> = Object.fromEntries(
  Object.entries(ranges).map(([id, range]) => [
    id,
    {
      id,
      ...range,
      gateway: addressAt(subnetOf(range.nodes), 1),
      dns: addressAt(subnetOf(range.services), DNS),
    },
  ]),
);

/** The address of node `index`, from 0: the control plane. */
export const nodeAddress = (variant: ClusterVariant, index: number): string =>
  addressAt(subnetOf(variant.nodes), variant.firstNode + index);

function subnetOf(cidr: string): Subnet {
  const subnet = parseSubnet(cidr);
  if (!subnet) throw new Error(`${cidr} is no network.`);
  return subnet;
}
