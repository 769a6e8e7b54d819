import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import type { Packet } from '../environments/capture/packet.ts';
import type { NodeHandle } from '../environments/environment.ts';
import { valuesAt } from './kubernetes/fieldPath.ts';
import { API_LIMIT } from './kubernetes/objects.ts';
import { namespaceOrAll } from './kubernetes/params.ts';
import { podsOf } from './kubernetes/pods.ts';
import { interfaceName } from './params.ts';
import type { Probe, Row } from './probe.ts';
import { counted, countField } from './rows.ts';

const end = z
  .string()
  .refine(
    (text) => (text.includes('/') ? ipaddr.isValidCIDR(text) : ipaddr.isValid(text)),
    'is neither an IP address nor a network such as 192.168.1.0/24',
  );

const params = z.strictObject({
  from: end.optional().describe('Only packets from this address, or from this network'),
  to: end.optional().describe('Only packets to this address, or to this network'),
  'from-pod': z.string().min(1).optional().describe('Only packets from the address of this pod'),
  'to-pod': z.string().min(1).optional().describe('Only packets to the address of this pod'),
  namespace: z.string().min(1).optional().describe('Of these pods; usually `default`, `*` is all namespaces'),
  protocol: z.enum(['icmp', 'tcp', 'udp']).optional(),
  port: z.int().min(1).max(65535).optional().describe('Only packets to this port'),
  echo: z.enum(['request', 'reply']).optional().describe('Only echo requests, or only replies to them'),
  ifname: interfaceName.optional().describe('Only packets on this interface'),
  direction: z.enum(['in', 'out']).optional().describe('As the node sees it: what goes into a pod goes out to it'),
});
type Params = z.output<typeof params>;

/** Milliseconds to begin a capture and be sure of it. */
const BEGIN = 9000;

/**
 * Packets that have passed through a node since its run began, its pods' too, on any interface, as tcpdump would print them there: echoes, datagrams, and of
 * TCP those that open a connection. One row for each kind; those of our own probes are left out. What was seen stays seen until the node is started anew.
 */
export const captureProbe: Probe<typeof params> = {
  name: 'capture',
  about:
    'Packets that have passed through the node, on any of its interfaces, since the run began (`tcpdump`): echoes, datagrams, and what opens a TCP connection',
  mode: 'observe',
  events: 'packets',
  params,
  main: 'source',
  limit: (wanted) => BEGIN + (wanted['from-pod'] || wanted['to-pod'] ? API_LIMIT : 0),
  fields: {
    source: { type: 'ip', about: 'The address that it came from, as it stood in the packet there' },
    destination: { type: 'ip', about: 'The address that it was for, as it stood in the packet there' },
    protocol: { type: 'name', about: 'icmp, tcp or udp' },
    port: { type: 'port', about: 'The port that it was for' },
    echo: { type: 'name', about: 'Of icmp: request or reply' },
    ifname: { type: 'interface', about: 'The interface on which it was seen' },
    direction: { type: 'name', about: 'in or out' },
    ...countField,
  },
  prepare: (node) => node.packets(),
  async read(node, wanted) {
    const seen = (await node.packets()).filter((packet) => fits(packet, wanted));
    // Most of the time nothing fits yet, and the cluster need not be asked.
    if (seen.length === 0) return [];
    const { 'from-pod': from, 'to-pod': to } = wanted;
    const known = await addressesOf(node, [from, to], wanted.namespace);
    const isOf = (address: string, pod: string | undefined) =>
      pod === undefined || known.some(({ name, addresses }) => name === pod && addresses.includes(address));
    return counted(
      seen
        .filter((packet) => isOf(packet.source, from) && isOf(packet.destination, to))
        .map((packet): Row => ({ ...packet })),
    );
  },
};

/** One list for all of them. */
const addressesOf = async (
  node: NodeHandle,
  names: readonly (string | undefined)[],
  namespace: string | undefined,
): Promise<{ readonly name: string; readonly addresses: readonly string[] }[]> => {
  if (names.every((name) => name === undefined)) return [];
  const pods = await podsOf(node, { namespace: namespaceOrAll(namespace) });
  return pods
    .filter(({ metadata }) => names.includes(metadata.name))
    .map((pod) => ({ name: pod.metadata.name, addresses: valuesAt(pod, 'status.podIPs[*].ip').map(String) }));
};

const fits = (packet: Packet, wanted: Params): boolean =>
  isAt(packet.source, wanted.from) &&
  isAt(packet.destination, wanted.to) &&
  (['protocol', 'port', 'echo', 'ifname', 'direction'] as const).every(
    (key) => wanted[key] === undefined || wanted[key] === packet[key],
  );

const isAt = (address: string, wanted: string | undefined): boolean => {
  if (wanted === undefined) return true;
  const known = ipaddr.parse(address);
  const [network, bits] = wanted.includes('/') ? ipaddr.parseCIDR(wanted) : [ipaddr.parse(wanted), null];
  if (known.kind() !== network.kind()) return false;
  return known.match(network, bits ?? (known.kind() === 'ipv4' ? 32 : 128));
};
