import type { Draft } from '../draft.ts';
import { endpointOf } from '../expandEnvironment.ts';
import type { Judged } from './rule.ts';

/** The bridge that every switch has. */
const BRIDGE = 'br0';

/** The names of the nodes; null when the environment is not understood, so that nothing is held against it twice. */
export const nodeNames = (lab: Draft): string[] | null =>
  lab.environment?.nodes ? Object.keys(lab.environment.nodes) : null;

/** The interfaces that a node has at the start, `lo` included; of `*` those of all nodes; with variable ports, all that there can be. */
export const interfacesOf = ({ lab, samples }: Judged, node: string): string[] => {
  const nodes = Object.entries(lab.environment?.nodes ?? {}).filter(([name]) => node === '*' || name === node);
  const ends = (lab.environment?.links ?? [])
    .flatMap((link) => link?.endpoints ?? [])
    .flatMap((end) => (end === undefined ? [] : samples.possible(end)))
    .map(endpointOf);
  const names = nodes.flatMap(([name, it]) =>
    it?.kind === 'switch'
      ? [BRIDGE, ...ends.filter((end) => end.node === name).map((end) => end.interface)]
      : Object.keys(it?.interfaces ?? {}),
  );
  return [...new Set(['lo', ...names])];
};
