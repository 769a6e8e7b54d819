import type { Draft, DraftHosts } from '../draft.ts';
import { endpointOf } from '../expandHosts.ts';
import type { Judged } from './rule.ts';

/** The bridge that every switch has. */
const BRIDGE = 'br0';

/** What a node of a cluster has by itself; the ends of the pods' cables have names that nobody knows beforehand. */
const CLUSTER_INTERFACES = ['lo', 'eth0', 'cni0', 'flannel.1'];

/** What every Docker Engine makes by itself; its other bridges and cables have names that nobody knows beforehand. */
export const ENGINE_INTERFACE = 'docker0';

/** The environment where it is of a kind with cables; null where it is of another, or not understood. */
export const hostsOf = (lab: Draft): DraftHosts | null =>
  lab.environment?.kind === 'hosts' || lab.environment?.kind === 'docker' ? lab.environment : null;

/** Whether the node runs a Docker Engine of its own. */
export const hasEngine = (lab: Draft, node: string): boolean =>
  lab.environment?.kind === 'docker' && lab.environment.nodes?.[node]?.engine === true;

/** The names of the nodes; null when the environment is not understood, so that nothing is held against it twice. */
export const nodeNames = (lab: Draft): string[] | null => {
  const { environment } = lab;
  if (!environment?.nodes) return null;
  return environment.kind === 'kubernetes'
    ? environment.nodes.flatMap((name) => name ?? [])
    : Object.keys(environment.nodes);
};

/** The interfaces that a node has at the start, `lo` included; of `*` those of all nodes; with variable ports, all that there can be. */
export const interfacesOf = ({ lab, samples }: Judged, node: string): string[] => {
  if (lab.environment?.kind === 'kubernetes') return CLUSTER_INTERFACES;
  const nodes = Object.entries(hostsOf(lab)?.nodes ?? {}).filter(([name]) => node === '*' || name === node);
  const ends = (hostsOf(lab)?.links ?? [])
    .flatMap((link) => link?.endpoints ?? [])
    .flatMap((end) => (end === undefined ? [] : samples.possible(end)))
    .map(endpointOf);
  const names = nodes.flatMap(([name, it]) =>
    it?.kind === 'switch'
      ? [BRIDGE, ...ends.filter((end) => end.node === name).map((end) => end.interface)]
      : [...Object.keys(it?.interfaces ?? {}), ...(hasEngine(lab, name) ? [ENGINE_INTERFACE] : [])],
  );
  return [...new Set(['lo', ...names])];
};
