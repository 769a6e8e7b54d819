import { z } from 'zod';
import { InterfaceName, NodeName } from './words.ts';

/** One interface of a host at the start. `address` holds the prefix length too: `192.168.4.10/24`. */
export const Interface = z.strictObject({
  mac: z.string().optional().describe('Drawn from the seed where there is none'),
  address: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .describe('With its prefix length; one or a list'),
  mtu: z.union([z.int().min(68).max(9000), z.string()]).optional(),
  state: z.enum(['up', 'down']).default('up'),
});

/** A route that a host has at the start: `to` is a network or `default`; `via` a gateway, `dev` an interface. */
export const StartRoute = z.strictObject({
  to: z.string(),
  via: z.string().optional(),
  dev: z.string().optional(),
  metric: z
    .union([z.int().min(1), z.string()])
    .optional()
    .describe('Of several routes to one network the lowest is taken'),
});

/** A file that a node has at the start: its text, or its text and its mode. */
export const StartFile = z.union([
  z.string(),
  z.strictObject({
    content: z.string(),
    mode: z
      .string()
      .regex(/^0?[0-7]{3}$/, 'a mode is three octal digits in quotes, such as "755"')
      .default('644')
      .describe('Three octal digits in quotes'),
  }),
]);

/** What a node may do: its capabilities stand in environments/hosts/profiles.ts. */
export const NodeProfile = z.enum(['host', 'netns']);
export type NodeProfile = z.infer<typeof NodeProfile>;

/**
 * A node. A switch is a Linux bridge whose ports come from the links; a router is a host that is drawn as a router and
 * forwards, unless `forwarding: false`. `hosts` are lines of its /etc/hosts: address -> name. `files` and `start` are there before the learner
 * is: path -> text, and lines that are run in the node, in order, once its links stand.
 */
export const Node = z.strictObject({
  kind: z.enum(['host', 'router', 'switch']).default('host'),
  forwarding: z.boolean().optional().describe('IPv4 forwarding at the start; a router has it on by itself'),
  interfaces: z.record(InterfaceName, Interface).default({}),
  routes: z.array(StartRoute).default([]).describe('Routes at the start'),
  hosts: z.record(z.string(), z.string()).default({}).describe('Lines of /etc/hosts: address, name'),
  profile: NodeProfile.default('host').describe('netns: network namespaces can be made in it'),
  files: z.record(z.string(), StartFile).default({}).describe('Files at the start: absolute path, text'),
  start: z
    .array(z.string().min(1))
    .default([])
    .describe('Lines that are run in the node, unseen, once its links stand, and again when it is started again'),
});

/** A cable: `node:interface` at both ends. */
export const Link = z.strictObject({
  endpoints: z.tuple([z.string(), z.string()]).describe('node:interface at both ends'),
});

export const HostsEnvironment = z.strictObject({
  kind: z.literal('hosts'),
  nodes: z.record(NodeName, Node).refine((nodes) => Object.keys(nodes).length > 0, 'at least one node'),
  links: z.array(Link).default([]),
});
export type HostsEnvironment = z.infer<typeof HostsEnvironment>;

/** A node of an environment of kind `docker`: one of hosts, or one that runs a Docker Engine of its own. */
const DockerNode = Node.extend({
  engine: z.boolean().default(false).describe('It runs a Docker Engine of its own, apart from every other'),
});

/** Hosts as in kind `hosts`, of which one at least runs a Docker Engine of its own. */
export const DockerEnvironment = z.strictObject({
  kind: z.literal('docker'),
  nodes: z.record(NodeName, DockerNode).refine((nodes) => Object.keys(nodes).length > 0, 'at least one node'),
  links: z.array(Link).default([]),
});
export type DockerEnvironment = z.infer<typeof DockerEnvironment>;

/** A cluster: `controlplane` first, then `node01`, `node02`, ... Its networks, addresses and MACs follow from the seed. */
export const KubernetesEnvironment = z.strictObject({
  kind: z.literal('kubernetes'),
  nodes: z
    .array(z.string())
    .min(1, 'at least one node: `controlplane`')
    .describe('controlplane, node01, node02, ...; up to five'),
  cni: z.enum(['flannel']).default('flannel').describe('The network of the pods'),
});
export type KubernetesEnvironment = z.infer<typeof KubernetesEnvironment>;

/** One entry a kind. */
export const Environment = z.discriminatedUnion('kind', [HostsEnvironment, DockerEnvironment, KubernetesEnvironment]);
export type Environment = z.infer<typeof Environment>;
