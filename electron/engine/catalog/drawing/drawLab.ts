import type { Drawing } from '../../../contract/models/drawing.ts';
import type { ExpandedLab, LinkedTopology } from '../expanded.ts';
import { endpointOf } from '../expandHosts.ts';
import type { Lab } from '../lab.ts';
import { nodeNamesOf } from '../nodeNames.ts';
import type { DockerEnvironment, HostsEnvironment } from '../schema.ts';
import { networkOf } from '../subnet.ts';
import { segmentsOf } from './segments.ts';
import { NOTHING_TOLD, type Told, toldBy } from './told.ts';

/** As the catalog draws it: no seed is drawn yet, so names only. */
export const drawLab = ({ environment }: Lab): Drawing =>
  environment.kind === 'kubernetes'
    ? drawCluster(nodeNamesOf(environment), {}, NOTHING_TOLD)
    : drawLinked(nodesIn(environment), linksIn(environment), NOTHING_TOLD);

/** As a run draws it. In an exam `addresses` is false: names and cables only. */
export const drawRun = ({ environment, questions }: ExpandedLab, addresses: boolean): Drawing => {
  const told = addresses ? toldBy(questions) : NOTHING_TOLD;
  if (environment.kind !== 'kubernetes') return drawLinked(environment.nodes, environment.links, told);
  const { nodes, variant } = environment;
  return drawCluster(
    nodes.map(({ name }) => name),
    { nodes: variant.nodes, pods: variant.pods, services: variant.services },
    told,
  );
};

type Nodes = readonly Pick<LinkedTopology['nodes'][number], 'name' | 'kind'>[];
type Addressed = Partial<Pick<LinkedTopology['nodes'][number], 'interfaces'>>;

const drawLinked = (
  nodes: readonly (Nodes[number] & Addressed)[],
  links: LinkedTopology['links'],
  told: Told,
): Drawing => {
  const segments = segmentsOf(links, (name) => nodes.some((node) => node.name === name && node.kind === 'switch'));
  const all = nodes.flatMap(({ interfaces = [] }) => interfaces.flatMap((it) => it.addresses));
  // An address that two cards have is wrong on purpose, and the drawing is not where to find it.
  const shown = (address: string) => (all.filter((it) => it === address).length > 1 ? null : told.address(address));
  const end = ({ node, interface: port, seeded }: LinkedTopology['links'][number]['a']) => {
    const card = nodes.find((it) => it.name === node)?.interfaces?.find((it) => it.name === port);
    return {
      node,
      port: seeded || port.includes('${') ? null : port,
      addresses: (card?.addresses ?? []).flatMap((address) => shown(address) ?? []),
    };
  };
  const addressesOf = (segment: number) =>
    links
      .filter((_, index) => segments[index] === segment)
      .flatMap(({ a, b }) => [a, b])
      .flatMap(
        (at) => nodes.find((it) => it.name === at.node)?.interfaces?.find((it) => it.name === at.interface) ?? [],
      )
      .flatMap((card) => card.addresses);
  return {
    nodes: nodes.map(({ name, kind }) => ({ name, kind })),
    links: links.map(({ a, b }, index) => ({ a: end(a), b: end(b), segment: segments[index] ?? 0 })),
    networks: [...new Set(segments)].flatMap((segment) =>
      [...new Set(addressesOf(segment).flatMap((it) => told.network(networkOf(it)) ?? []))].map((range) => ({
        name: '',
        range,
        segment,
      })),
    ),
  };
};

const GATEWAY = 'gateway';

const drawCluster = (names: readonly string[], ranges: Readonly<Record<string, string>>, told: Told): Drawing => {
  const end = (node: string) => ({ node, port: null, addresses: [] });
  return {
    nodes: [
      { name: GATEWAY, kind: 'gateway' },
      ...names.map((name, index) => ({ name, kind: index === 0 ? ('control-plane' as const) : ('worker' as const) })),
    ],
    links: names.map((name) => ({ a: end(GATEWAY), b: end(name), segment: 0 })),
    networks: ['nodes', 'pods', 'services'].map((name) => ({
      name,
      range: told.network(ranges[name] ?? ''),
      segment: name === 'nodes' ? 0 : null,
    })),
  };
};

const nodesIn = (environment: HostsEnvironment | DockerEnvironment): Nodes =>
  Object.entries(environment.nodes).map(([name, { kind }]) => ({ name, kind }));

const linksIn = (environment: HostsEnvironment | DockerEnvironment): LinkedTopology['links'] =>
  environment.links.map(({ endpoints }) => ({ a: endpointOf(endpoints[0]), b: endpointOf(endpoints[1]) }));
