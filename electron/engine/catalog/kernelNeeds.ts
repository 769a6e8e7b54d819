import type { Lab } from './lab.ts';

/** What every environment of a kind needs, whatever the lab says. */
const byKind: Readonly<Record<Lab['environment']['kind'], readonly string[]>> = {
  hosts: [],
  docker: ['veth', 'bridge'],
  kubernetes: ['veth', 'bridge', 'vxlan', 'br_netfilter'],
};

/** Names of kernel features, each once. */
export const kernelNeeds = ({ environment, requires }: Pick<Lab, 'environment' | 'requires'>): string[] => [
  ...new Set([...byKind[environment.kind], ...requires.kernel]),
];
