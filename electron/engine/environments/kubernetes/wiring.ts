import type { ClusterNode, ClusterPlan } from '../../catalog/cluster/plan.ts';
import { coverSettings } from './kernelSettings.ts';

/** Pids of the first processes: the way into the namespaces. */
export interface ClusterPids {
  readonly gateway: number;
  readonly nodes: ReadonlyMap<string, number>;
}

export const BRIDGE = 'br0';
export const INTERFACE = 'eth0';

/**
 * The number of every node's eth0, above what a kernel makes by itself (tunl0 and the like). The other end has another one: equal ones would make the
 * carrier come up to a second late, see decision 4.
 */
const NODE_INDEX = 11;
const FIRST_PORT_INDEX = 21;

/** Tenths of a second that the gateway has for its bridge. */
const BRIDGE_PATIENCE = 50;

/** With which a gateway's port to a node is called. Names of interfaces have at most 15 characters. */
export const portName = (node: string): string => `p-${node}`;

/**
 * One script that joins these nodes to the gateway's bridge: a cable each, with the node's own MAC, its address and its way out. What is left of an
 * earlier cable goes first, so that the same script mends.
 */
export const clusterWiring = (plan: ClusterPlan, pids: ClusterPids): string => {
  const linked = plan.nodes.filter(({ name }) => pids.nodes.has(name));
  return [
    'set -e',
    ...linked.map(({ name }) => coverSettings(pids.nodes.get(name))),
    awaitBridge(pids.gateway),
    batch(
      `nsenter -t ${pids.gateway} -n ip -force -batch -`,
      linked.map(({ name }) => `link del ${portName(name)}`),
      QUIET,
    ),
    batch(
      'ip -batch -',
      linked.map((node) => cable(plan, node, pids)),
    ),
    batch(
      `nsenter -t ${pids.gateway} -n ip -batch -`,
      linked.map(({ name }) => `link set ${portName(name)} master ${BRIDGE} up`),
    ),
    ...linked.map((node) =>
      batch(`nsenter -t ${pids.nodes.get(node.name)} -n ip -batch -`, [
        `address replace ${node.address}/${prefixOf(plan)} brd + dev ${INTERFACE}`,
        `link set ${INTERFACE} up`,
        `route replace default via ${plan.gateway.address}`,
      ]),
    ),
  ].join('\n');
};

/** The nodes among these that have no cable: whoever was started again, and all of them after the gateway was. One name a line. */
export const uncabledScript = (pids: ReadonlyMap<string, number>): string =>
  [...pids]
    .map(([name, pid]) => `nsenter -t ${pid} -n ip link show dev ${INTERFACE} > /dev/null 2>&1 || echo ${name}`)
    .join('\n');

/** Other MACs for nodes that are linked already; what their neighbours remember of the old ones is forgotten. */
export const newCards = (plan: ClusterPlan, pids: ClusterPids): string =>
  [
    'set -e',
    ...plan.nodes.map(({ name, mac }) =>
      batch(`nsenter -t ${pids.nodes.get(name)} -n ip -batch -`, [
        `link set ${INTERFACE} address ${mac}`,
        `neigh flush dev ${INTERFACE}`,
      ]),
    ),
    `nsenter -t ${pids.gateway} -n ip neigh flush dev ${BRIDGE}`,
  ].join('\n');

export const prefixOf = ({ variant }: ClusterPlan): string => variant.nodes.split('/')[1] ?? '24';

const QUIET = '2> /dev/null || true';

const awaitBridge = (pid: number): string =>
  [
    'tries=0',
    `until nsenter -t ${pid} -n ip link show dev ${BRIDGE} > /dev/null 2>&1; do`,
    '  tries=$((tries + 1))',
    `  [ $tries -lt ${BRIDGE_PATIENCE} ] || { echo "the gateway has no bridge ${BRIDGE} after ${BRIDGE_PATIENCE / 10} s" >&2; exit 1; }`,
    '  sleep 0.1',
    'done',
  ].join('\n');

const cable = (plan: ClusterPlan, { name, mac }: ClusterNode, pids: ClusterPids): string => {
  const port = FIRST_PORT_INDEX + plan.nodes.findIndex((each) => each.name === name);
  return (
    `link add name ${INTERFACE} index ${NODE_INDEX} address ${mac} netns ${pids.nodes.get(name)} type veth ` +
    `peer name ${portName(name)} index ${port} netns ${pids.gateway}`
  );
};

/** Lines for one `ip -batch -`, as a line of shell; nothing at all where there are none. */
export const batch = (command: string, lines: readonly string[], after = ''): string =>
  lines.length === 0 ? '' : `${command} <<'END' ${after}\n${lines.join('\n')}\nEND`;
