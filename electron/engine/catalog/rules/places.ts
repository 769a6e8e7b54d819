import type { Draft } from '../draft.ts';
import { endpointOf } from '../expandEnvironment.ts';

/** The bridge that every switch has. */
const BRIDGE = 'br0';

/** The names of the nodes; null when the environment is not understood, so that nothing is held against it twice. */
export const nodeNames = (lab: Draft): string[] | null =>
  lab.environment?.nodes ? Object.keys(lab.environment.nodes) : null;

/** The interfaces that a node has at the start, `lo` included; of `*` those of all nodes. */
export const interfacesOf = (lab: Draft, node: string): string[] => {
  const nodes = Object.entries(lab.environment?.nodes ?? {}).filter(([name]) => node === '*' || name === node);
  const names = nodes.flatMap(([name, it]) =>
    it?.kind === 'switch' ? [BRIDGE, ...portsOf(lab, name)] : Object.keys(it?.interfaces ?? {}),
  );
  return [...new Set(['lo', ...names])];
};

const portsOf = (lab: Draft, node: string): string[] =>
  (lab.environment?.links ?? [])
    .flatMap((link) => link?.endpoints ?? [])
    .flatMap((end) => (end === undefined ? [] : [endpointOf(end)]))
    .filter((end) => end.node === node)
    .map((end) => end.interface);
