import { z } from 'zod';
import { LabError } from '../../../contract/error.ts';
import type { ClusterPlan } from '../../catalog/cluster/plan.ts';
import { batch } from './wiring.ts';

/** flannel's end of the pods' network on one node. */
export interface OverlayEnd {
  readonly node: string;
  /** The node's own part of the pods' range: `10.185.1.0/24`. */
  readonly pods: string;
  /** Of flannel.1. */
  readonly mac: string;
}

const BACKEND_DATA = 'flannel.alpha.coreos.com/backend-data';
const LINK = 'flannel.1';
/** Source: flannel's documentation, vxlan: VNI 1, the kernel's own port, 50 bytes for its header. */
const VXLAN = { id: 1, port: 8472, mtu: 1450 };

const Nodes = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string(), annotations: z.object({ [BACKEND_DATA]: z.string() }) }),
      spec: z.object({ podCIDR: z.string() }),
    }),
  ),
});
const BackendData = z.object({ VtepMAC: z.string() });

/** As flannel wrote it into the cluster's nodes. `list` is the JSON of all nodes. */
export const overlayIn = (list: string): OverlayEnd[] => {
  const read = Nodes.safeParse(JSON.parse(list));
  if (!read.success)
    throw new LabError('environment-failed', 'flannel has left no word about the network of the pods.', {
      data: { component: 'flannel' },
    });
  return read.data.items.map(({ metadata, spec }) => ({
    node: metadata.name,
    pods: spec.podCIDR,
    mac: BackendData.parse(JSON.parse(metadata.annotations[BACKEND_DATA])).VtepMAC,
  }));
};

/**
 * The pods' network between nodes that have their cable, as flannel would make it: the same link, routes and neighbours. flannel finds it there when it
 * comes, some seconds after the first pods that want to be reached from other nodes, and keeps it.
 */
export const overlayScript = (
  plan: ClusterPlan,
  ends: readonly OverlayEnd[],
  pids: ReadonlyMap<string, number>,
): string =>
  plan.nodes
    .map(({ name, address }) => {
      const own = ends.find(({ node }) => node === name);
      if (!own) return '';
      const enter = `nsenter -t ${pids.get(name)} -n`;
      const peers = ends.filter((end) => end !== own);
      const lines = [
        `link add ${LINK} address ${own.mac} mtu ${VXLAN.mtu} type vxlan id ${VXLAN.id} local ${address} dev eth0 dstport ${VXLAN.port} nolearning`,
        `address add ${network(own)}/32 dev ${LINK}`,
        `link set ${LINK} up`,
        ...peers.flatMap((peer) => [
          `route add ${peer.pods} via ${network(peer)} dev ${LINK} onlink`,
          `neigh replace ${network(peer)} lladdr ${peer.mac} dev ${LINK} nud permanent`,
        ]),
      ];
      const forwarding = peers.map(
        (peer) => `fdb replace ${peer.mac} dev ${LINK} dst ${addressOf(plan, peer.node)} self permanent`,
      );
      return [batch(`${enter} ip -batch -`, lines), batch(`${enter} bridge -batch -`, forwarding)].join('\n');
    })
    .join('\n');

/** The first address of a node's pods: flannel gives it to its own end. */
const network = ({ pods }: OverlayEnd): string => pods.split('/')[0] ?? '';

const addressOf = (plan: ClusterPlan, node: string): string =>
  plan.nodes.find(({ name }) => name === node)?.address ?? '';
