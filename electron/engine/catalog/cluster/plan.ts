import { drawMac } from '../mac.ts';
import { type Draw, drawFor } from '../random.ts';
import { addressAt, parseSubnet } from '../subnet.ts';
import { type ClusterVariant, variants } from './variants.ts';

export interface ClusterNode {
  readonly name: string;
  readonly role: 'control-plane' | 'worker';
  /** Of eth0, without prefix length. */
  readonly address: string;
  readonly mac: string;
}

/** Everything about a cluster that follows from the seed. */
export interface ClusterPlan {
  readonly variant: ClusterVariant;
  readonly gateway: { readonly address: string; readonly mac: string };
  /** The control plane first. */
  readonly nodes: readonly ClusterNode[];
  /** The cluster's DNS server, by kubeadm's rule the tenth address of the service range. */
  readonly dnsAddress: string;
  /** The service `kubernetes`: the first address of the service range. */
  readonly apiServiceAddress: string;
}

export const MOST_NODES = 5;

/** Keys of what was drawn, as a run's journal keeps it. */
const VARIANT_KEY = 'cluster:variant';
const macKey = (node: string) => `${node}:eth0`;
const GATEWAY = 'gateway';

/** `controlplane`, `node01`, `node02`, ... */
export const nodeNames = (count: number): string[] =>
  Array.from({ length: count }, (_, index) =>
    index === 0 ? 'controlplane' : `node${index.toString().padStart(2, '0')}`,
  );

/**
 * The plan of `count` nodes (1 to 5). `recorded` is what an earlier call put into `actual`: with it the same plan comes out, whatever the tables
 * say by now, as long as there is a variant of that name.
 */
export const planCluster = (
  request: { seed: number; lab: string; count: number },
  recorded: Readonly<Record<string, string>> = {},
): { plan: ClusterPlan; actual: Record<string, string> } => {
  const draw = (name: string) => drawFor(request.seed, request.lab, name);
  const variant = variantNamed(recorded[VARIANT_KEY]) ?? pick(draw('cluster variant'));
  const taken = new Set<string>();
  const macOf = (node: string) => {
    const mac = recorded[macKey(node)] ?? drawMac(draw(`cluster mac ${node}`), taken);
    taken.add(mac);
    return mac;
  };
  const subnet = (cidr: string) => {
    const parsed = parseSubnet(cidr);
    if (!parsed) throw new Error(`${cidr} in the table of variants is no network.`);
    return parsed;
  };
  const nodes = nodeNames(request.count).map(
    (name, index): ClusterNode => ({
      name,
      role: index === 0 ? 'control-plane' : 'worker',
      address: addressAt(subnet(variant.nodes), variant.firstNode + index),
      mac: macOf(name),
    }),
  );
  const plan: ClusterPlan = {
    variant,
    gateway: { address: addressAt(subnet(variant.nodes), 1), mac: macOf(GATEWAY) },
    nodes,
    dnsAddress: addressAt(subnet(variant.services), 10),
    apiServiceAddress: addressAt(subnet(variant.services), 1),
  };
  const macs = [...nodes.map((node) => [node.name, node.mac] as const), [GATEWAY, plan.gateway.mac] as const];
  return {
    plan,
    actual: { [VARIANT_KEY]: variant.name, ...Object.fromEntries(macs.map(([name, mac]) => [macKey(name), mac])) },
  };
};

const variantNamed = (name: string | undefined) => variants.find((each) => each.name === name);

const pick = (draw: Draw): ClusterVariant => variants[draw.below(variants.length)] ?? variants[0];
