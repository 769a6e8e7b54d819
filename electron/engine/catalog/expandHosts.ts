import type { Endpoint, ExpandedInterface, ExpandedNode, LinkedTopology } from './expanded.ts';
import { drawMac, isMac } from './mac.ts';
import { drawFor } from './random.ts';
import type { DockerEnvironment, HostsEnvironment } from './schema.ts';

interface Context {
  readonly seed: number;
  readonly lab: string;
  readonly actual: Readonly<Record<string, string>>;
  readonly recorded: Readonly<Record<string, string>>;
}

/** Plans what the provider makes. `macs` are those drawn here, by `node:interface`. Templates are already replaced. */
export const expandHosts = (
  environment: HostsEnvironment | DockerEnvironment,
  context: Context,
): { environment: LinkedTopology; macs: Record<string, string> } => {
  const links = environment.links.map(({ endpoints }) => ({
    a: endpointOf(endpoints[0]),
    b: endpointOf(endpoints[1]),
  }));
  const ends = links.flatMap(({ a, b }) => [a, b]);
  const macs: Record<string, string> = {};
  const written = Object.values(environment.nodes).flatMap((node) =>
    Object.values(node.interfaces).map((it) => it.mac),
  );
  const taken = new Set([...Object.values(context.actual), ...written.flatMap((mac) => mac?.toLowerCase() ?? [])]);

  const macOf = (endpoint: Endpoint): string => {
    const key = `${endpoint.node}:${endpoint.interface}`;
    const kept = context.recorded[key];
    const mac = kept && isMac(kept) ? kept : drawMac(drawFor(context.seed, context.lab, key), taken);
    taken.add(mac);
    macs[key] = mac;
    return mac;
  };
  const port = (endpoint: Endpoint): ExpandedInterface => ({
    name: endpoint.interface,
    mac: macOf(endpoint),
    addresses: [],
    mtu: null,
    state: 'up',
  });

  const nodes = Object.entries(environment.nodes).map(
    ([name, node]): ExpandedNode => ({
      name,
      kind: node.kind,
      ...(environment.kind === 'docker' && environment.nodes[name]?.engine ? { engine: true } : {}),
      forwarding: node.forwarding ?? node.kind === 'router',
      interfaces:
        node.kind === 'switch'
          ? ends.filter((end) => end.node === name).map(port)
          : Object.entries(node.interfaces).map(([own, it]) => ({
              name: own,
              mac: it.mac?.toLowerCase() ?? macOf({ node: name, interface: own }),
              addresses: [it.address ?? []].flat(),
              mtu: it.mtu === undefined ? null : Number(it.mtu),
              state: it.state,
            })),
      routes: node.routes.map(({ to, via, dev, metric }) => ({
        to,
        via: via ?? null,
        dev: dev ?? null,
        metric: metric === undefined ? null : Number(metric),
      })),
      hosts: Object.entries(node.hosts).map(([address, host]) => ({ address, name: host })),
      profile: node.profile,
      files: Object.entries(node.files).map(([path, file]) =>
        typeof file === 'string' ? { path, content: file, mode: '644' } : { path, ...file },
      ),
      start: node.start,
    }),
  );
  return { environment: { kind: environment.kind, nodes, links }, macs };
};

/** `node:interface`, as the loader has checked it. */
export const endpointOf = (written: string): Endpoint => {
  const colon = written.indexOf(':');
  return { node: written.slice(0, colon), interface: written.slice(colon + 1) };
};
