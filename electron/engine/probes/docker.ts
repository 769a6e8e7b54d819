import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import type { NodeHandle } from '../environments/environment.ts';
import { hostSides } from './docker/hostSide.ts';
import { CONTAINER_LIMIT } from './docker/inContainer.ts';
import { type ContainerSummary, containersOf, type Network, nameOf, networksOf } from './docker/objects.ts';
import type { Probe, Row, Scalar } from './probe.ts';
import { counted, countField } from './rows.ts';

const params = z.strictObject({
  list: z
    .enum(['containers', 'networks', 'ports'])
    .default('containers')
    .describe(
      'containers: a row for each container and network that it is in; networks: what `docker network ls` and `inspect` show; ports: those that are published',
    ),
  name: z.string().min(1).optional().describe('Only the container of this name; with `list: networks` the network'),
  network: z.string().min(1).optional().describe('Only what is in the network of this name'),
  driver: z.string().min(1).optional().describe('With `list: networks`: only those of this driver'),
  port: z.int().min(1).max(65535).optional().describe('With `list: ports`: only this port of the container'),
});

/** What a node's own Docker Engine has, asked over its socket by tools of ours; the node's `docker` is never run. */
export const dockerProbe: Probe<typeof params> = {
  name: 'docker',
  about:
    "Containers, networks and published ports of the node's own Docker Engine (`docker ps`, `network ls`, `inspect`, `port`), and which end of a cable on the node belongs to which container",
  mode: 'observe',
  events: null,
  params,
  main: 'name',
  limit: () => CONTAINER_LIMIT,
  fields: {
    name: { type: 'name', about: 'The name of the container; with `list: networks` of the network' },
    id: { type: 'text', about: 'Its number, the first twelve digits' },
    image: { type: 'text', about: 'What the container was made of' },
    state: { type: 'name', about: 'Of a container: created, running, paused, exited, ...' },
    network: { type: 'name', about: 'The network that the container is in, or that this row is about' },
    driver: { type: 'name', about: 'Of the network: bridge, host, null, ...' },
    subnet: { type: 'cidr', about: 'Of the network' },
    gateway: { type: 'ip', about: 'Of the network: what its containers hand packets to; none where it is internal' },
    bridge: { type: 'interface', about: 'The bridge of the network on the node' },
    internal: { type: 'boolean', about: 'Whether the network has no way out' },
    containers: { type: 'count', about: 'With `list: networks`: how many running containers are in it' },
    address: { type: 'ip', about: 'Of the container in this network' },
    mac: { type: 'mac', about: "Of the container's card in this network" },
    veth: { type: 'interface', about: "The node's end of the cable that leads to this card" },
    port: { type: 'port', about: 'With `list: ports`: the port in the container' },
    protocol: { type: 'name', about: 'With `list: ports`: tcp or udp' },
    'host-port': { type: 'port', about: 'With `list: ports`: the port on the node' },
    'host-ip': { type: 'ip', about: 'With `list: ports`: the address on the node; 0.0.0.0 is every one' },
    ...countField,
  },
  async read(node, { list, name, network, driver, port }) {
    const [containers, networks] = await Promise.all([containersOf(node), networksOf(node)]);
    if (list === 'networks')
      return counted(
        networks
          .filter((each) => [name, network].every((wanted) => wanted === undefined || each.Name === wanted))
          .filter((each) => driver === undefined || each.Driver === driver)
          .map((each) => ({ ...networkRow(each), name: each.Name, containers: membersOf(each, containers) })),
      );
    const wanted = containers.filter((each) => name === undefined || nameOf(each) === name);
    if (list === 'ports')
      return counted(
        wanted
          .filter((each) => isIn(each, network))
          .flatMap(portRows)
          .filter((each) => port === undefined || each.port === port),
      );
    return counted((await Promise.all(wanted.map((each) => memberRows(node, each, networks, network)))).flat());
  },
};

const nothing: Readonly<Record<string, Scalar>> = {
  name: null,
  id: null,
  image: null,
  state: null,
  network: null,
  driver: null,
  subnet: null,
  gateway: null,
  bridge: null,
  internal: null,
  containers: null,
  address: null,
  mac: null,
  veth: null,
  port: null,
  protocol: null,
  'host-port': null,
  'host-ip': null,
};

/** An engine gives a bridge this option when it is not to have the name that follows from the network's number. */
const BRIDGE_NAME = 'com.docker.network.bridge.name';

const networkRow = ({ Id, Name, Driver, Internal, IPAM, Options }: Network): Row => {
  const ranges = IPAM.Config ?? [];
  const range = ranges.find(({ Subnet = '' }) => !Subnet.includes(':')) ?? ranges[0];
  return {
    ...nothing,
    id: Id.slice(0, 12),
    network: Name,
    driver: Driver,
    subnet: range?.Subnet ?? null,
    gateway: Internal ? null : (range?.Gateway ?? firstOf(range?.Subnet)),
    bridge: Driver === 'bridge' ? (Options?.[BRIDGE_NAME] ?? `br-${Id.slice(0, 12)}`) : null,
    internal: Internal,
  };
};

/** The engine takes the first address for itself, and does not always say so. */
const firstOf = (subnet: string | undefined): string | null => {
  if (subnet === undefined || !ipaddr.IPv4.isValidCIDR(subnet)) return null;
  const octets = ipaddr.IPv4.networkAddressFromCIDR(subnet).octets;
  return [...octets.slice(0, 3), (octets[3] ?? 0) + 1].join('.');
};

const endpointsOf = ({ NetworkSettings }: ContainerSummary) => Object.entries(NetworkSettings?.Networks ?? {});

const isIn = (container: ContainerSummary, network: string | undefined): boolean =>
  network === undefined || endpointsOf(container).some(([name]) => name === network);

const membersOf = ({ Name }: Network, containers: readonly ContainerSummary[]): number =>
  containers.filter((container) => container.State === 'running' && isIn(container, Name)).length;

const containerRow = (container: ContainerSummary): Row => ({
  ...nothing,
  name: nameOf(container),
  id: container.Id.slice(0, 12),
  image: container.Image,
  state: container.State,
});

/** A container that is in no network at all is a row too. */
const memberRows = async (
  node: NodeHandle,
  container: ContainerSummary,
  networks: readonly Network[],
  only: string | undefined,
): Promise<Row[]> => {
  const endpoints = endpointsOf(container).filter(([name]) => only === undefined || name === only);
  if (endpoints.length === 0) return only === undefined ? [containerRow(container)] : [];
  const cabled = container.State === 'running' && endpoints.some(([, { MacAddress }]) => MacAddress !== '');
  const sides = cabled ? await hostSides(node, container) : new Map<string, string>();
  return endpoints.map(([name, endpoint]) => {
    const network = networks.find(({ Id }) => Id === endpoint.NetworkID) ?? networks.find(({ Name }) => Name === name);
    return {
      ...(network ? networkRow(network) : nothing),
      ...definite(containerRow(container)),
      network: name,
      address: endpoint.IPAddress || null,
      mac: endpoint.MacAddress || null,
      veth: sides.get(endpoint.MacAddress) ?? null,
    };
  });
};

const portRows = (container: ContainerSummary): Row[] =>
  (container.Ports ?? [])
    .filter(({ PublicPort }) => PublicPort !== undefined)
    .map(({ IP = null, PrivatePort, PublicPort = null, Type }) => ({
      ...containerRow(container),
      port: PrivatePort,
      protocol: Type,
      'host-port': PublicPort,
      'host-ip': IP,
    }));

const definite = (row: Row): Row => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
