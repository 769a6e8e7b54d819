import { quote } from '../../agent/quote.ts';
import type { Endpoint, ExpandedInterface, ExpandedNode, LinkedTopology } from '../../catalog/expanded.ts';

/** Pids of the nodes' first processes, by node name: the way into their namespaces. */
export type Pids = ReadonlyMap<string, number>;

/** The bridge of a switch, of which all its interfaces are ports. */
const BRIDGE = 'br0';

/** Above what a learner's own interfaces get. */
const FIRST_INDEX = 11;

/**
 * What every node needs once, before any link. A new namespace has what the machine itself has: no forwarding unless it is asked for, no filter
 * of the way back (some distributions have a strict one), and IPv6, which `--network none` turns off.
 */
export const preparationScript = (pid: number): string => inNetwork(pid, [...preparation, 'ip link set lo up']);

const preparation = [
  'cd /proc/sys/net; echo 0 > ipv4/ip_forward',
  'for which in all default; do echo 0 > ipv4/conf/$which/rp_filter; done',
  'if [ -d ipv6 ]; then echo 0 > ipv6/conf/all/disable_ipv6; echo 0 > ipv6/conf/default/disable_ipv6; fi',
];

/**
 * One script that makes every link and sets up every node: veth pairs straight into their namespaces with their names and MACs (no name ever
 * exists outside them), then addresses, bridges, routes, forwarding, host names. `fresh`: nodes that nobody has prepared yet.
 */
export const wiringScript = (topology: LinkedTopology, pids: Pids, fresh: ReadonlySet<string>): string =>
  [
    'set -e',
    linkCommands(topology, topology.links, pids),
    sideBySide(topology.nodes.map(({ name }) => nodeCommands(topology, name, pids, fresh.has(name)))),
  ].join('\n');

/** They know nothing of each other. The first one that fails, in their order, is the script's failure. */
const sideBySide = (scripts: readonly string[]): string =>
  [
    ...scripts.map((script, index) => `(\nset -e\n${script}\n) & job${index}=$!`),
    ...scripts.map((_, index) => `wait $job${index}`),
  ].join('\n');

/** The links of one node that was started again, and what their other ends need; the other nodes' own settings stay. */
export const rewiringScript = (topology: LinkedTopology, node: string, pids: Pids): string => {
  const links = topology.links.filter(({ a, b }) => a.node === node || b.node === node);
  const others = links.flatMap(({ a, b }) => [a, b]).filter((end) => end.node !== node);
  return [
    'set -e',
    // The kernel takes the old ends away with the old network, but at a time of its own.
    ...others.map((end) => `nsenter -t ${pidOf(pids, end.node)} -n ip link del ${end.interface} 2> /dev/null || true`),
    linkCommands(topology, links, pids),
    nodeCommands(topology, node, pids, true),
    ...others.map((end) =>
      againBatch(pidOf(pids, end.node), [...portLines(topology, end), ...routeLines(nodeOf(topology, end.node))]),
    ),
  ].join('\n');
};

const linkCommands = (topology: LinkedTopology, links: LinkedTopology['links'], pids: Pids): string => {
  const lines = links.map(
    ({ a, b }) => `link add ${veth(topology, a, pids)} type veth peer ${veth(topology, b, pids)}`,
  );
  return lines.length === 0 ? '' : batch('ip -batch -', lines);
};

const veth = (topology: LinkedTopology, end: Endpoint, pids: Pids): string => {
  const { mac } = planOf(topology, end);
  return `name ${end.interface} index ${indexOf(topology, end)} address ${mac} netns ${pidOf(pids, end.node)}`;
};

/**
 * A number of its own for every end in the lab. Two ends with the same index (each namespace counts for itself) look to the kernel like no pair
 * at all, and it then tells a bridge of a new carrier up to a second late: 1020 ms to the first ping in place of 9. Source: net/core/link_watch.c.
 */
const indexOf = (topology: LinkedTopology, end: Endpoint): number =>
  FIRST_INDEX +
  topology.links
    .flatMap(({ a, b }) => [a, b])
    .findIndex((each) => each.node === end.node && each.interface === end.interface);

const nodeCommands = (topology: LinkedTopology, name: string, pids: Pids, fresh: boolean): string => {
  const node = nodeOf(topology, name);
  const pid = pidOf(pids, name);
  const linked = topology.links.flatMap(({ a, b }) => [a, b]).filter((end) => end.node === name);
  const lines = [
    ...(fresh ? ['link set lo up'] : []),
    ...(node.kind === 'switch' ? [`link add name ${BRIDGE} type bridge`, `link set ${BRIDGE} up`] : []),
    ...linked.flatMap((end) => portLines(topology, end)),
    ...routeLines(node),
  ];
  return [
    hostFileCommands(node, pid),
    systemCommands(node, pid, lines, fresh),
    ...(node.engine ? [`: > ${linkedFile(pid)}`] : []),
  ].join('\n');
};

/** The node's first process waits for it before it starts the Docker Engine. It lies in memory, so a node that is started again waits again. */
export const linkedFile = (pid: number): string => `/proc/${pid}/root/run/patchbay-linked`;

/** One way into the node's namespaces for all of it: each program that is started costs about a millisecond. */
const systemCommands = (node: ExpandedNode, pid: number, lines: readonly string[], fresh: boolean): string => {
  const commands = [
    ...(fresh ? preparation : []),
    `echo ${quote([node.name])} > /proc/sys/kernel/hostname`,
    ...(node.forwarding ? ['echo 1 > /proc/sys/net/ipv4/ip_forward'] : []),
    ...(lines.length > 0 ? ['exec ip -batch -'] : []),
  ];
  return batch(`nsenter -t ${pid} -u -n sh -ec ${quote([commands.join('\n')])}`, lines);
};

/** IPv6 has no broadcast, and its addresses are known to be free: without `nodad` the first second would refuse them. */
const portLines = (topology: LinkedTopology, end: Endpoint): string[] => {
  const plan = planOf(topology, end);
  return [
    ...(plan.mtu ? [`link set ${end.interface} mtu ${plan.mtu}`] : []),
    ...(nodeOf(topology, end.node).kind === 'switch' ? [`link set ${end.interface} master ${BRIDGE}`] : []),
    ...plan.addresses.map(
      (address) => `addr add ${address} ${address.includes(':') ? 'nodad' : 'brd +'} dev ${end.interface}`,
    ),
    ...(plan.state === 'up' ? [`link set ${end.interface} up`] : []),
  ];
};

/** The files are bind mounts of Docker's: they are written through, never replaced. */
const hostFileCommands = (node: ExpandedNode, pid: number): string => {
  const hosts = [
    '127.0.0.1 localhost',
    '::1 localhost ip6-localhost ip6-loopback',
    `127.0.1.1 ${node.name}`,
    ...node.hosts.map((entry) => `${entry.address} ${entry.name}`),
  ];
  return [
    `printf '%s\\n' ${quote([node.name])} > /proc/${pid}/root/etc/hostname`,
    `printf '%s\\n' ${quote(hosts)} > /proc/${pid}/root/etc/hosts`,
  ].join('\n');
};

/** A kernel drops the routes of an interface with it, so they come again; those that still stand are no mistake. */
const routeLines = (node: ExpandedNode): string[] =>
  node.routes.map(({ to, via, dev, metric }) =>
    [
      'route add',
      to,
      ...Object.entries({ via, dev, metric }).flatMap(([word, value]) => (value === null ? [] : [word, value])),
    ].join(' '),
  );

/** For a node that was changed meanwhile: what cannot be done any more is left. */
const againBatch = (pid: number, lines: readonly string[]) =>
  batch(`nsenter -t ${pid} -n ip -force -batch -`, lines, '2>/dev/null || true');

const batch = (command: string, lines: readonly string[], after = '') =>
  `${command} <<'END' ${after}\n${lines.join('\n')}\nEND`;

const inNetwork = (pid: number, commands: readonly string[]) =>
  `nsenter -t ${pid} -n sh -ec ${quote([commands.join('\n')])}`;

const nodeOf = (topology: LinkedTopology, name: string): ExpandedNode => {
  const node = topology.nodes.find((each) => each.name === name);
  if (!node) throw new Error(`The topology has no node ${name}.`);
  return node;
};

const planOf = (topology: LinkedTopology, end: Endpoint): ExpandedInterface => {
  const plan = nodeOf(topology, end.node).interfaces.find((each) => each.name === end.interface);
  if (!plan) throw new Error(`The topology has no interface ${end.interface} on ${end.node}.`);
  return plan;
};

const pidOf = (pids: Pids, node: string): number => {
  const pid = pids.get(node);
  if (!pid) throw new Error(`No process is known for node ${node}.`);
  return pid;
};
